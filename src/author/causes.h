/* What a program did so that the kernel sent what it sent: writes, reads, closes. */
#ifndef TCPCLOSE_AUTHOR_CAUSES_H
#define TCPCLOSE_AUTHOR_CAUSES_H

#include "author/drafting.h"

/* When the program reads the data that the kernel acknowledges in the current packet. */
enum reading { READ_AFTER, READ_BEFORE, READ_NOT, READINGS };
enum reading reading_of(struct drafting *d, const struct view *view);

/* The current packet may be an ACK that a read caused, because it made the window larger. */
void cause_window_update(struct drafting *d, struct view *view);

/* How much of the peer's data the kernel acknowledges in a segment for the first time. */
uint32_t newly_taken(const struct view *view, const struct segment *segment);

/* Writes the calls without which the kernel would not have sent the current packet. */
void cause_send(struct drafting *d, struct view *view, const struct segment *segment);

/* A write of so many bytes, at the time of the current packet. */
void cause_write(struct drafting *d, struct view *view, uint32_t length);

/* The same, with a remark behind it. */
void cause_write_at_once(struct drafting *d, struct view *view, uint32_t length,
                         const char *remark);

/*
 * After a packet: what had to wait for the next packet of the peer was written before that, and so
 * was a close.
 */
void cause_early(struct drafting *d, struct view *view);

#endif
