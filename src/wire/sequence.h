/* TCP's sequence numbers. They have 32 bits and wrap around, so "before" needs care. */
#ifndef TCPCLOSE_WIRE_SEQUENCE_H
#define TCPCLOSE_WIRE_SEQUENCE_H

#include "wire/segment.h"

/* a is before b in sequence space (RFC 9293 3.4). */
static inline bool sequence_before(uint32_t a, uint32_t b)
{
	return (int32_t)(a - b) < 0;
}

/*
 * The segment's length in sequence space: its payload, and one each for SYN and FIN (RFC 9293 3.4).
 * TCP only.
 */
static inline uint32_t segment_sequence_length(const struct segment *segment)
{
	uint16_t flags = segment->tcp.flags;

	return segment->payload_length + (flags & TCP_SYN ? 1 : 0) + (flags & TCP_FIN ? 1 : 0);
}

#endif
