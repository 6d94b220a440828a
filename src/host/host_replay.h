/* A recording as a world. */
#ifndef TCPCLOSE_HOST_HOST_REPLAY_H
#define TCPCLOSE_HOST_HOST_REPLAY_H

#include "host/host.h"

/*
 * Plays what was recorded. The engine must ask the same things in the same order; where it does
 * not, the answer is HOST_BROKEN (or false) with the line of the recording in `error`. NULL: it is
 * no good recording, or one of a world that was made otherwise.
 */
struct host *host_replay_open(const struct host_config *config, const char *path,
                              char error[FAULT_TEXT]);

#endif
