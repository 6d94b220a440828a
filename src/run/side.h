/*
 * The two sides of a connection where both are a TCP: ours, and the real peer's, at the far end of
 * the link. Each has its view of each connection, in which it is the local one.
 */
#ifndef TCPCLOSE_RUN_SIDE_H
#define TCPCLOSE_RUN_SIDE_H

#include "run/running.h"

/* For a run with a real peer: the far side, after the near one. */
void side_init(struct running *run, bool no_loss_probe);

struct connections *side_connections(struct running *run, bool at_peer);

/* As the sockets of that side say them. */
const struct addresses *side_addresses(const struct running *run, bool at_peer);

/* What can be looked at, and started, there. */
struct host *side_host(const struct running *run, bool at_peer);

/* Is the call made by a process at the far end? */
bool side_of_call(const struct running *run, const struct call_want *want);

#endif
