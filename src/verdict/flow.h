/*
 * What was sent and injected on a connection, as far as it is needed to say what its next segment
 * is. Pure: no state but `struct flow`.
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
 * A segment in the flow's numbers: each side counts from its ISN, and the SYN counts, too, so that
 * there is one sequence space (what a script writes in a SYN is its own ISN, and all else counts
 * from there). run/connection.h makes them.
 */
struct flow_segment {
	struct segment segment;
};

enum { FLOW_PIECES = 32, FLOW_RANGES = 8 };

/* Data of the kernel, as it was cut when it was first sent. */
struct flow_piece {
	uint32_t begin, end;
	usec_t first_at;
	unsigned count; /* how often it was sent */
};

struct flow_range {
	uint32_t begin, end;
};

/* One connection's history, as far as classification needs it. Starts zeroed. */
struct flow {
	bool sent_any, injected_any;
	uint32_t send_una, send_next; /* the kernel's side, from its segments and our ACKs */
	uint32_t receive_next;        /* the highest in-order end of what we injected */
	uint32_t last_ack;            /* in the kernel's last segment that had ACK */
	uint16_t last_window;
	bool dissolved;              /* connect(AF_UNSPEC) was called */
	bool no_loss_probe;          /* net.ipv4.tcp_early_retrans is 0; the caller sets it */
	bool fin_sent, fin_injected; /* injected: and all before it, too */
	uint32_t fin_sequence;
	usec_t fin_first_at, last_sent_at, last_injected_at;
	unsigned fin_count;                           /* how often the FIN was sent */
	struct flow_segment last_injected, last_sent; /* TCP only, without payload */

	bool send_known, receive_known, ack_known; /* the numbers above mean something */
	bool syn_injected, reset_sent, reset_injected;
	uint16_t syn_flags; /* of the kernel's last SYN; 0: none */
	uint32_t syn_sequence;
	usec_t syn_first_at;
	unsigned syn_count;
	bool sack_sent, sack_injected; /* sackOK in the SYNs */
	bool scale_sent, scale_injected;
	uint8_t window_scale; /* of the windows that the kernel sends */
	bool timestamp_known;
	uint32_t timestamp; /* the newest TS val injected and accepted */

	struct flow_piece sent[FLOW_PIECES];
	size_t sent_count;                    /* all there were; kept as in a ring */
	struct flow_range ahead[FLOW_RANGES]; /* injected, but not in order yet */
	size_t ahead_count;
	bool peer_fin_known; /* injected, though perhaps not in order yet */
	uint32_t peer_fin_end;

	uint16_t peer_window;     /* in what we injected last */
	unsigned duplicate_acks;  /* injected since an ACK advanced */
	unsigned retransmissions; /* sent since an ACK advanced */
	unsigned probes;          /* sent since anything was injected */
	bool unacked;             /* in-order data or FIN that the kernel has not ACKed ... */
	usec_t unacked_at;        /* ... since then */

	bool answered; /* the kernel sent something after last_injected */
	uint32_t heard_next, heard_una, heard_timestamp; /* before last_injected */
};

/* Packets that are not TCP change nothing. */
void flow_injected(struct flow *flow, const struct flow_segment *segment, usec_t at);
void flow_sent(struct flow *flow, const struct flow_segment *segment, usec_t at);

/* The kernel's segment that held this byte when it was first sent; NULL when it is not known. */
const struct flow_piece *flow_find_sent(const struct flow *flow, uint32_t sequence);

/* The end of the window that the kernel offers. */
uint32_t flow_window_end(const struct flow *flow);

/* A segment of the kernel at SND.UNA - 1 without news (RFC 9293 3.8.4, 3.8.6.1). */
bool flow_is_probe(const struct flow *flow, const struct flow_segment *segment);

#endif
