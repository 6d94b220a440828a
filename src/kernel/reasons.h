/*
 * Why the kernel dropped a packet or sent a RST, in the kernel's own words: the tracepoints
 * skb:kfree_skb and tcp:tcp_send_reset. Only what happens in our own threads and processes is seen.
 * A packet that is written to the device is processed within this call, so what is reported
 * meanwhile is about it. What a timer of the kernel does is not seen. The kernel tells this only to
 * root (CAP_PERFMON).
 *
 * When the last listener of this kind ends, the kernel waits 40 to 80 ms.
 */
#ifndef TCPCLOSE_KERNEL_REASONS_H
#define TCPCLOSE_KERNEL_REASONS_H

#include <stdbool.h>
#include <stddef.h>

#include "wire/segment.h"

struct reasons;

/* Tells whether we may listen here. If not, `error` says why. */
bool reasons_are_told(char *error);

/*
 * Begins to listen, also in threads and processes that are made later. Returns NULL and sets
 * `error` on an error.
 */
struct reasons *reasons_open(char *error);

void reasons_close(struct reasons *reasons);

/*
 * Called before and after a packet is given to the kernel; it has this number in the run. NULL:
 * nobody listens.
 */
void reasons_before(struct reasons *reasons);
void reasons_injected(struct reasons *reasons, unsigned number);

/*
 * The kernel sent a segment with this number. A RST between its ports that was reported is this
 * one.
 */
void reasons_sent(struct reasons *reasons, unsigned number, const struct segment *segment);

/*
 * What was reported about the packet with this number, which was injected, or `sent` by the kernel:
 * "dropped: TCP_OLD_SEQUENCE, in tcp_validate_incoming". Returns false when nothing was reported.
 */
bool reasons_of(const struct reasons *reasons, bool sent, unsigned number, char *text, size_t size);

#endif
