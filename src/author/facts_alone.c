#include "author/facts_alone.h"

#include <netinet/in.h>

static bool later(uint32_t a, uint32_t b)
{
	return (int32_t)(a - b) > 0;
}

static uint32_t end_of(const struct segment *segment)
{
	return segment->tcp.sequence + segment->payload_length +
	       !!(segment->tcp.flags & (TCP_SYN | TCP_FIN));
}

/* The most segments that were sent again in a row, without a word of the peer. */
static void find_resent(const struct conversation *talk, unsigned flow, enum side kernel,
                        struct facts *facts)
{
	uint32_t sent = 0;
	unsigned row = 0;
	bool begun = false;

	for (size_t i = facts->first; i < talk->count; i++) {
		const struct heard *heard = &talk->packets[i];
		const struct segment *segment = &heard->segment;

		if (heard->flow != flow || segment->protocol != IPPROTO_TCP)
			continue;
		bool fills = end_of(segment) != segment->tcp.sequence;
		if (heard->from != kernel)
			row = 0;
		else if (!begun || later(end_of(segment), sent))
			begun = true, sent = end_of(segment);
		else if (fills && ++row > facts->resent)
			facts->resent = row;
	}
}

/*
 * The kernel's FIN was acknowledged, and later the connection was not there any more: a FIN that
 * came was answered by a RST. Then its time in FIN-WAIT-2 or TIME-WAIT was over.
 */
static void find_fin_wait(const struct conversation *talk, unsigned flow, enum side kernel,
                          struct facts *facts)
{
	enum { LONG = 60 };
	uint32_t fin = 0;
	usec_t since = -1;
	bool finished = false;

	for (size_t i = facts->first; i < talk->count; i++) {
		const struct heard *heard = &talk->packets[i];
		const struct tcp_header *tcp = &heard->segment.tcp;

		if (heard->flow != flow || heard->segment.protocol != IPPROTO_TCP)
			continue;
		if (heard->from == kernel && tcp->flags & TCP_FIN)
			finished = true, fin = end_of(&heard->segment);
		else if (heard->from != kernel && finished && since < 0 && tcp->flags & TCP_ACK &&
		         tcp->acknowledgment == fin)
			since = heard->at;
		else if (heard->from == kernel && since >= 0 && tcp->flags & TCP_RST &&
		         heard->at - since < LONG * (usec_t)USEC_PER_SEC) {
			facts->fin_wait = (unsigned)((heard->at - since - USEC_PER_SEC / 2) /
			                             (usec_t)USEC_PER_SEC);
			return;
		}
	}
}

/* The kernel asks for a second connection from the ports of the first. */
static void find_rebinds(const struct conversation *talk, unsigned flow, enum side kernel,
                         struct facts *facts)
{
	const struct heard *first = NULL;

	for (size_t i = facts->first; i < talk->count && !facts->rebinds; i++) {
		const struct heard *heard = &talk->packets[i];

		if (heard->flow != flow || heard->segment.protocol != IPPROTO_TCP ||
		    heard->from != kernel ||
		    (heard->segment.tcp.flags & (TCP_SYN | TCP_ACK)) != TCP_SYN)
			continue;
		if (!first)
			first = heard;
		facts->rebinds = heard->segment.tcp.sequence != first->segment.tcp.sequence;
	}
}

void facts_find_alone(const struct conversation *talk, unsigned flow, enum side kernel,
                      struct facts *facts)
{
	find_resent(talk, flow, kernel, facts);
	find_fin_wait(talk, flow, kernel, facts);
	find_rebinds(talk, flow, kernel, facts);
}

bool facts_fin_behind(const struct conversation *talk, size_t packet, enum side kernel,
                      uint32_t end, size_t *fin)
{
	for (*fin = packet; facts_after(talk, *fin, fin);) {
		const struct heard *heard = &talk->packets[*fin];
		const struct tcp_header *tcp = &heard->segment.tcp;

		if (heard->from == kernel && heard->segment.protocol == IPPROTO_TCP &&
		    tcp->flags & TCP_FIN)
			return end_of(&heard->segment) == end + 1;
	}
	return false;
}
