/*
 * The flow: what was sent and injected on a connection, as far as it is needed to say what its next
 * segment is. The functions have no state except struct flow.
 */
#ifndef TCPCLOSE_VERDICT_FLOW_H
#define TCPCLOSE_VERDICT_FLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/usec.h"
#include "wire/sequence.h"
#include "wire/segment.h"

/*
 * A segment in the numbers of the flow. Each side counts from its ISN, and the SYN counts, too, so
 * that there is one sequence space. (In a SYN, a script writes its own ISN; everywhere else it
 * counts from there.) run/connection.h makes them.
 */
struct flow_segment {
	struct segment segment;
};

enum { FLOW_PIECES = 32, FLOW_RANGES = 8 };

/* Data of the kernel, as it was cut when it was sent first. */
struct flow_piece {
	uint32_t begin, end;
	usec_t first_at;
	unsigned count; /* how often it was sent */
};

struct flow_range {
	uint32_t begin, end;
};

/* The history of a connection, as far as classify.c needs it. Begins with zeros. */
struct flow {
	bool sent_any, injected_any;
	uint32_t send_una, send_next; /* of the kernel, from its segments and our ACKs */
	uint32_t receive_next;        /* the end of what we injected in order */
	uint32_t last_ack;            /* of the kernel's last segment with an ACK */
	uint16_t last_window;
	bool dissolved;              /* connect(AF_UNSPEC) was called */
	bool no_loss_probe;          /* net.ipv4.tcp_early_retrans is 0; the caller sets it */
	bool fin_sent, fin_injected; /* fin_injected: everything before the FIN was injected, too */
	uint32_t fin_sequence;
	usec_t fin_first_at, last_sent_at, last_injected_at;
	unsigned fin_count;                           /* how often the FIN was sent */
	struct flow_segment last_injected, last_sent; /* TCP only, without payload */

	bool send_known, receive_known, ack_known; /* whether the numbers above are known */
	bool syn_injected, reset_sent, reset_injected;
	uint16_t syn_flags; /* of the kernel's last SYN; 0: it sent none */
	uint32_t syn_sequence;
	usec_t syn_first_at;
	unsigned syn_count;
	bool sack_sent, sack_injected; /* the SYNs had sackOK */
	bool scale_sent, scale_injected;
	uint8_t window_scale; /* for the windows that the kernel sends */
	bool timestamp_known;
	uint32_t timestamp; /* the newest TS val that was injected and accepted */

	struct flow_piece sent[FLOW_PIECES];
	size_t sent_count; /* of all pieces; the last ones are kept, as in a ring */
	struct flow_range ahead[FLOW_RANGES]; /* what was injected but is not in order yet */
	size_t ahead_count;
	bool peer_fin_known; /* it was injected, but perhaps not in order yet */
	uint32_t peer_fin_end;

	uint16_t peer_window;     /* of what we injected last */
	unsigned duplicate_acks;  /* injected since an ACK advanced */
	unsigned retransmissions; /* sent since an ACK advanced */
	unsigned probes;          /* sent since anything was injected */
	bool unacked;      /* text in order, or a FIN, that the kernel has not acknowledged */
	usec_t unacked_at; /* since when */

	bool answered; /* the kernel sent something after last_injected */
	uint32_t heard_next, heard_una, heard_timestamp; /* what was known before last_injected */
};

/* Take note of a packet. Packets that are not TCP change nothing. */
void flow_injected(struct flow *flow, const struct flow_segment *segment, usec_t at);
void flow_sent(struct flow *flow, const struct flow_segment *segment, usec_t at);

/*
 * Returns the piece of the kernel's data that had this byte when it was sent first; NULL when it is
 * not known.
 */
const struct flow_piece *flow_find_sent(const struct flow *flow, uint32_t sequence);

/* The end of the window that the kernel offers. */
uint32_t flow_window_end(const struct flow *flow);

/*
 * Tells whether it is a segment of the kernel at SND.UNA - 1 that says nothing new (RFC 9293 3.8.4,
 * 3.8.6.1).
 */
bool flow_is_probe(const struct flow *flow, const struct flow_segment *segment);

#endif
