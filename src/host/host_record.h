/* A world that writes down what another one answers. */
#ifndef TCPCLOSE_HOST_HOST_RECORD_H
#define TCPCLOSE_HOST_HOST_RECORD_H

#include "host/host.h"

/*
 * Passes everything on to `inner`, which was made from `config`, and writes down what came back.
 * Closing it closes both. What cannot be written ends nothing, see config->lost.
 */
struct host *host_record_open(struct host *inner, const struct host_config *config,
                              const char *path, char error[FAULT_TEXT]);

#endif
