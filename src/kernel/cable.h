/*
 * The cable between two TUN devices, one in each namespace: what the kernel of one end sends is
 * given to that of the other, as it is, by a thread of ours. So nothing is asked of the machine but
 * TUN, and a packet is lost, or takes its time, exactly when a script says so.
 */
#ifndef TCPCLOSE_KERNEL_CABLE_H
#define TCPCLOSE_KERNEL_CABLE_H

#include <stdbool.h>

#include "base/usec.h"
#include "kernel/tun.h"

struct cable;

/* A direction has the number of the end that sends in it. */
enum cable_end { CABLE_NEAR, CABLE_FAR, CABLE_ENDS };

enum { CABLE_ALL = -1 };

/* The two devices stay the caller's, and open until cable_close(). */
enum fault cable_open(struct cable **cable, const struct tun *near, const struct tun *far,
                      char *error);
void cable_close(struct cable *cable);

/*
 * Starts the thread, unless it runs; until then what is sent waits in the devices. It has the
 * scheduling of who calls.
 */
void cable_start(struct cable *cable);

/*
 * Of what an end sends from now on the next `count` packets are lost; CABLE_ALL: all, until
 * another number is said. What it sent before is carried before this returns.
 */
void cable_lose(struct cable *cable, enum cable_end end, int count);

/* What an end sends from now on takes so long to arrive. The order of packets stays. */
void cable_delay(struct cable *cable, enum cable_end end, usec_t delay);

#endif
