/*
 * The wire and the clock of lwIP, as stack.h wants them. lwIP's own thread is never started:
 * packets go in under its lock, and its timers are run by who waits for packets, or by who drives
 * the clock. The clock that it asks is our sys_now(), which stands before the library's. lwIP has
 * one instance for the process, and cannot be taken down again.
 */
#ifndef TCPCLOSE_STACKS_LWIP_WIRE_H
#define TCPCLOSE_STACKS_LWIP_WIRE_H

#include <stdbool.h>

#include "stacks/stack.h"

/* What world to begin in: its addresses, and whether its clock is driven. */
void wire_set_world(const struct tcpclose_world *world);
bool wire_begin(void); /* false: nobody has told a world, so this is packetdrill */

/* netdev_send(), netdev_receive(), gettimeofday() and advance() of stack.h. */
int wire_send(void *userdata, const void *bytes, size_t count);
int wire_receive(void *userdata, void *bytes, size_t *count, long long *time_usecs);
int wire_time(void *userdata, struct timeval *time, struct timezone *zone);
int64_t wire_advance(void *userdata, int64_t until);

#endif
