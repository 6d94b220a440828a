/*
 * A capture of all interfaces has a packet once for each that it passes: of a bridge, both its
 * ports, and itself. A segment that is sent again is no copy: its IP identification differs, or it
 * comes later. Single ones that look alike may be the peer's, so that copies are removed only where
 * they are many.
 */
#include "author/cleaned.h"

#include <netinet/in.h>
#include <string.h>

enum {
	NEAR = 6,                    /* packets between two of which one is a copy */
	AT_ONCE = 2 * USEC_PER_MSEC, /* in which a machine hands a packet on */
	MANY_OF = 5,
	MANY = 2, /* two of five: of pairs, half are copies */
};

/* Nothing in it would tell it from another one. */
static bool is_like_others(const struct segment *segment)
{
	return segment->tcp.flags == TCP_ACK && !segment->payload_length && !segment->ip_id &&
	       !segment->tcp.options_length;
}

static bool is_copy(const struct heard *a, const struct heard *b)
{
	const struct tcp_header *x = &a->segment.tcp, *y = &b->segment.tcp;

	return a->segment.protocol == IPPROTO_TCP && b->segment.protocol == IPPROTO_TCP &&
	       !is_like_others(&a->segment) && a->flow == b->flow && a->from == b->from &&
	       b->at - a->at < AT_ONCE && a->segment.ip_id == b->segment.ip_id &&
	       x->sequence == y->sequence && x->acknowledgment == y->acknowledgment &&
	       x->flags == y->flags && x->window == y->window && x->urgent == y->urgent &&
	       a->segment.payload_length == b->segment.payload_length &&
	       x->options_length == y->options_length &&
	       !memcmp(x->options, y->options, x->options_length);
}

/* Marks the copies, and returns how many there are. */
static size_t find_copies(const struct conversation *talk, bool *copies)
{
	size_t count = 0;

	for (size_t i = 1; i < talk->count; i++)
		for (size_t j = i; j-- > 0 && i - j <= NEAR && !copies[i];)
			if (!copies[j] && is_copy(&talk->packets[j], &talk->packets[i])) {
				copies[i] = true;
				count++;
			}
	return count;
}

static void remove_copies(struct conversation *talk)
{
	bool *copies = arena_alloc(talk->arena, talk->count + 1);
	size_t count = find_copies(talk, copies), left = 0;

	if (count * MANY_OF < talk->count * MANY)
		return;
	for (size_t i = 0; i < talk->count; i++)
		if (!copies[i])
			talk->packets[left++] = talk->packets[i];
	talk->count = left;
	talk->copies = count;
}

static void set_clock(struct conversation *talk)
{
	usec_t back = 0;

	for (size_t i = 1; i < talk->count; i++) {
		usec_t at = talk->packets[i].at + back;

		if (at < talk->packets[i - 1].at) {
			back += talk->packets[i - 1].at - at;
			at = talk->packets[i - 1].at;
		}
		talk->packets[i].at = at;
	}
}

void conversation_clean(struct conversation *talk)
{
	set_clock(talk);
	remove_copies(talk);
}
