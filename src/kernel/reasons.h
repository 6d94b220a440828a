/*
 * Why the kernel dropped a packet, or sent a RST, by its own word: the tracepoints skb:kfree_skb
 * and tcp:tcp_send_reset. Only what happens in our own threads and processes is heard: a packet
 * that is written to the device is taken in within that call, so what is told meanwhile is about
 * it. What a timer of the kernel does is not heard. The kernel tells root only (CAP_PERFMON).
 *
 * Once the last of such listeners ends, the kernel waits 40 to 80 ms before it goes on.
 */
#ifndef TCPCLOSE_KERNEL_REASONS_H
#define TCPCLOSE_KERNEL_REASONS_H

#include <stdbool.h>
#include <stddef.h>

#include "wire/segment.h"

struct reasons;

/* May we hear them here? If not, a sentence says why. */
bool reasons_are_told(char *error);

/* Begins to listen, also in threads and processes that are begun later. NULL: see `error`. */
struct reasons *reasons_open(char *error);

void reasons_close(struct reasons *reasons);

/* Around a packet that is handed to the kernel, the number-th of the run. NULL: nobody listens. */
void reasons_before(struct reasons *reasons);
void reasons_injected(struct reasons *reasons, unsigned number);

/*
 * The kernel sent a segment, its number-th: what was told of a RST between its ports is about it.
 */
void reasons_sent(struct reasons *reasons, unsigned number, const struct segment *segment);

/*
 * What was told of the number-th packet, which was injected or `sent` by the kernel: "dropped:
 * TCP_OLD_SEQUENCE, in tcp_validate_incoming". False: nothing.
 */
bool reasons_of(const struct reasons *reasons, bool sent, unsigned number, char *text, size_t size);

#endif
