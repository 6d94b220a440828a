/* What a program did that made the kernel send what it sent: writes, reads, closes. */
#ifndef TCPCLOSE_AUTHOR_CAUSES_H
#define TCPCLOSE_AUTHOR_CAUSES_H

#include "author/drafting.h"

/* When what the kernel acknowledges in the packet that is gone through is read. */
enum reading { READ_AFTER, READ_BEFORE, READ_NOT, READINGS };
enum reading reading_of(struct drafting *d, const struct view *view);

/* How much data of the peer's the kernel acknowledges here for the first time. */
uint32_t newly_taken(const struct view *view, const struct segment *segment);

/* The calls without which the kernel would not have sent the packet that is gone through. */
void cause_send(struct drafting *d, struct view *view, const struct segment *segment);

/*
 * Behind a packet: what had to wait for the next one of the peer's was written before that, or
 * closed.
 */
void cause_early(struct drafting *d, struct view *view);

#endif
