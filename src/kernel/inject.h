/* Builds packets that are injected, with libnet. */
#ifndef TCPCLOSE_KERNEL_INJECT_H
#define TCPCLOSE_KERNEL_INJECT_H

#include "host/host.h"

struct inject;

enum fault inject_open(struct inject **inject, char *error);
void inject_close(struct inject *inject);

/*
 * Builds the packet. *bytes are valid until the next call. Returns false and sets `error` when it
 * cannot be built.
 */
bool inject_build(struct inject *inject, const struct segment *segment, const uint8_t **bytes,
                  size_t *length, char *error);

#endif
