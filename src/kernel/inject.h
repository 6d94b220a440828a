/* Packets to be injected, built by libnet. */
#ifndef TCPCLOSE_KERNEL_INJECT_H
#define TCPCLOSE_KERNEL_INJECT_H

#include "host/host.h"

struct inject;

enum fault inject_open(struct inject **inject, char *error);
void inject_close(struct inject *inject);

/* The packet's bytes; valid until the next call. False when it cannot be built. */
bool inject_build(struct inject *inject, const struct segment *segment, const uint8_t **bytes,
                  size_t *length, char *error);

#endif
