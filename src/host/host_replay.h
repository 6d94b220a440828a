/* A recording as a world. */
#ifndef TCPCLOSE_HOST_HOST_REPLAY_H
#define TCPCLOSE_HOST_HOST_REPLAY_H

#include "host/host.h"

/*
 * Plays what was recorded. The harness must ask the same questions in the same order. Where it does
 * not, the answer is HOST_BROKEN (or false), and `error` names the line of the recording. Returns
 * NULL and sets `error` when the file is not a recording, or is one of a world that was made
 * differently.
 */
struct host *host_replay_open(const struct host_config *config, const char *path,
                              char error[FAULT_TEXT]);

#endif
