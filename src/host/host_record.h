/* A world that passes questions on to another world, and writes them and the answers down. */
#ifndef TCPCLOSE_HOST_HOST_RECORD_H
#define TCPCLOSE_HOST_HOST_RECORD_H

#include "host/host.h"

/*
 * Makes such a world. `inner` was made from `config`. Closing the new world closes both. When
 * something cannot be written, the run does not end, see config->lost. Returns NULL and sets
 * `error` when the file cannot be made.
 */
struct host *host_record_open(struct host *inner, const struct host_config *config,
                              const char *path, char error[FAULT_TEXT]);

#endif
