/*
 * What one TCP endpoint may be in: a state and the variables of RFC 9293 3.3.1, as far as closing
 * needs them. The rules (arrival_rules.h, send_rules.h, call_rules.h, time_rules.h) read and change
 * it; the judge (model.h) keeps a small set of them, each a candidate for the truth.
 */
#ifndef TCPCLOSE_MODEL_TCB_H
#define TCPCLOSE_MODEL_TCB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/usec.h"
#include "model/counter_rules.h"
#include "wire/segment.h"
#include "wire/sequence.h"
#include "wire/tcp_state.h"

/* What both sides have to have in their SYNs before it may be used. */
enum offer {
	OFFER_SCALE = 1, /* RFC 7323 2.2 */
	OFFER_STAMP = 2, /* RFC 7323 3.2 */
	OFFER_SACK = 4,  /* RFC 2018 2 */
};

/* A set of states. */
#define IN(state) (1u << STATE_##state)

enum {
	SYNCHRONIZED = IN(ESTABLISHED) | IN(FIN_WAIT_1) | IN(FIN_WAIT_2) | IN(CLOSE_WAIT) |
	               IN(CLOSING) | IN(LAST_ACK) | IN(TIME_WAIT),
	OTHER_STATES = IN(SYN_RECV) | SYNCHRONIZED, /* of RFC 9293 3.10.7.4 */
	RECEIVING = IN(ESTABLISHED) | IN(FIN_WAIT_1) | IN(FIN_WAIT_2),
	FIN_RECEIVED = IN(CLOSE_WAIT) | IN(CLOSING) | IN(LAST_ACK) | IN(TIME_WAIT),
	ANY_STATE = OTHER_STATES | IN(SYN_SENT) | IN(LISTEN) | IN(CLOSED),
};

/* The answers of RFC 9293 3.10.7, by what they look like. */
enum reply {
	REPLY_NONE,
	REPLY_ACK,     /* <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>, or anything else with this ACK */
	REPLY_SYN_ACK, /* <SEQ=ISS><ACK=RCV.NXT><CTL=SYN,ACK> */
	REPLY_RST,     /* <SEQ=SEG.ACK><CTL=RST> */
	REPLY_RST_ACK, /* <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK> */
	REPLY_ABORT,   /* <SEQ=SND.NXT><CTL=RST> of ABORT, 3.10.5 */
};

/* How binding an answer is. */
enum binding {
	MAY,     /* it may come, and need not */
	AT_ONCE, /* it has to come, though several may be one (MUST-58) */
	DELAYED, /* within half a second (MUST-40) */
	LIMITED, /* at once, unless the last one was lately (RFC 5961 7) */
};

struct rule; /* rule.h */

enum { TCB_REPLIES = 6, TCB_RANGES = 4 };

#define STAMP_VALID (24 * (usec_t)86400 * USEC_PER_SEC) /* RFC 7323 5.5: of TS.Recent */

/* An answer that is owed, or may come. */
struct tcb_reply {
	enum reply reply;
	const struct rule *rule; /* that asks for it */
	uint32_t sequence,
		acknowledgment; /* of an abort: the first and the last number it may have */
	usec_t at;              /* when what it answers arrived */
	usec_t by;              /* USEC_FOREVER: it need not come */
	bool ended;             /* the connection it speaks for goes on after it, or not */
};

struct tcb_range {
	uint32_t begin, end;
};

struct tcb {
	uint8_t state;                  /* enum tcp_state */
	bool send_known, receive_known; /* ISS and IRS: a capture may begin in the middle */
	bool syn_sent, syn_received;    /* their options are known */
	bool heard;                     /* an acknowledgment arrived: the peer's window is known */
	bool passive;                   /* came from LISTEN */
	bool fast_open;                 /* its SYN had text, or a cookie (RFC 7413) */
	bool listener_gone;             /* ... which was closed since */
	bool may_reset;                 /* something was done, or ran out, that sends a RST */
	bool close_called;              /* CLOSE, or shutdown(2): a FIN is due */
	bool receiver_gone;             /* ... and nobody will RECEIVE: close(2) */
	bool receive_shut;              /* shutdown(2) with SHUT_RD */
	bool fin_sent, fin_acked;
	bool peer_fin_seen;   /* perhaps with a gap before it */
	bool peer_fin_taken;  /* RCV.NXT is behind it */
	bool peer_fin_on_way; /* it was sent; whether it arrived the next ACK will show */
	bool was_reset;       /* a RST ended it; the user is to be told */
	bool timed_out;       /* a timer ended it */
	bool reset_sent;
	bool answered;               /* something was sent since the last arrival */
	bool probed;                 /* ... before SND.NXT: a probe, perhaps (3.8.4, 3.8.6.1) */
	uint8_t offers, peer_offers; /* enum offer: what the SYNs had */
	uint8_t send_scale, receive_scale; /* shifts of the windows that come and that go */
	uint8_t generation;                /* connections that there were before on these ports */
	uint8_t repeats;                   /* retransmissions since SND.UNA last moved */

	uint32_t iss, snd_una, snd_nxt;
	uint32_t snd_text; /* the end of all that was sent; SND.NXT may be known from an ACK only */
	uint32_t snd_edge; /* the furthest that the peer's windows ever reached */
	uint32_t max_window; /* MAX.SND.WND, RFC 5961 5.2 */
	uint32_t irs, rcv_nxt;
	uint32_t copied;        /* up to here the program has the text */
	uint32_t rcv_edge;      /* the furthest that our windows ever reached */
	uint32_t last_ack;      /* Last.ACK.sent, RFC 7323 4.3 */
	uint32_t fin, peer_fin; /* sequence numbers of the FINs */
	uint32_t way_ack;       /* the ACK of the peer's FIN that is on its way */
	uint32_t stamp_recent;  /* TS.Recent */
	uint32_t stamp_newest;  /* the newest TSval that arrived */
	uint32_t stamp_sent;    /* the last TSval sent */

	usec_t begun;      /* a SYN was sent, or taken */
	usec_t since;      /* the state was entered, or TIME-WAIT begun again */
	usec_t unacked;    /* since when something in flight is not acknowledged */
	usec_t repeated;   /* when it was sent last */
	usec_t repeat_by;  /* when it has to be sent again; USEC_FOREVER: not */
	usec_t round_trip; /* the longest that an acknowledgment took */
	usec_t challenged; /* the last answer that may be limited */
	usec_t stamp_at;   /* when TS.Recent was renewed */
	usec_t arrived;    /* the last segment */

	uint8_t counters[COUNTERS];         /* what this connection has moved them by */
	struct tcb_range ahead[TCB_RANGES]; /* text behind a gap */
	uint8_t ahead_count;
	uint8_t reply_count;
	struct tcb_reply replies[TCB_REPLIES]; /* the newest last */
};

/* An endpoint that knows nothing of a connection: CLOSED, or LISTEN, which looks the same. */
void tcb_init(struct tcb *tcb, usec_t now);

/* One that is met in the middle: ESTABLISHED, its numbers not known. */
void tcb_init_unknown(struct tcb *tcb, usec_t now);

static inline bool tcb_in(const struct tcb *tcb, unsigned states)
{
	return (1u << tcb->state & states) != 0;
}

static inline bool tcb_agreed(const struct tcb *tcb, enum offer offer)
{
	return (tcb->offers & tcb->peer_offers & offer) != 0;
}

/* A new connection of the endpoint; what was counted stays. */
void tcb_renew(struct tcb *tcb, usec_t now);

void tcb_enter(struct tcb *tcb, enum tcp_state state, usec_t now);

/* The connection is gone, and with it all that it owed. */
void tcb_delete(struct tcb *tcb, usec_t now);

/*
 * ABORT (RFC 9293 3.10.5): gone, and a RST says so where the peer may still send, with a number
 * from `first` to SND.NXT.
 */
void tcb_abort(struct tcb *tcb, uint32_t first, usec_t now, usec_t by);

/* ---- sequence numbers, RFC 9293 3.4 ---- */

static inline bool seq_before(uint32_t a, uint32_t b)
{
	return (int32_t)(a - b) < 0;
}

/*
 * RFC 7323 2: of timestamps, "s < t if 0 < (t - s) < 2^31"; just half a circle away is not before.
 */
static inline bool stamp_before(uint32_t s, uint32_t t)
{
	return t - s != 0 && t - s < 1u << 31;
}

static inline bool seq_within(uint32_t low, uint32_t number, uint32_t high) /* both included */
{
	return number - low <= high - low;
}

static inline uint32_t seq_end(const struct segment *segment)
{
	return segment->tcp.sequence + segment_sequence_length(segment);
}

/* RCV.WND as the peer has been told it. */
uint32_t tcb_receive_window(const struct tcb *tcb);

/* RFC 9293 3.10.7.4, table 6. */
bool tcb_acceptable(const struct tcb *tcb, const struct segment *segment);

/* ---- what an arriving segment does ---- */

/* SND.UNA and the send window (fifth, ESTABLISHED). */
void tcb_take_ack(struct tcb *tcb, const struct segment *segment, usec_t now);

/* A SYN: IRS, RCV.NXT, and what it offers. */
void tcb_take_syn(struct tcb *tcb, const struct segment *segment);

/*
 * Text that lies in the window: RCV.NXT moves over it, and over what was held before, or it is held
 * (SHLD-31). A FIN behind it is remembered; the eighth step takes it.
 */
void tcb_take_text(struct tcb *tcb, const struct segment *segment);

/* RCV.NXT moves over the peer's FIN, and the state with it (eighth). */
void tcb_take_fin(struct tcb *tcb, usec_t now);

/* The first that is seen of a connection is in its middle, and arrives. */
void tcb_meet(struct tcb *tcb, const struct segment *segment);

/* All text before the peer's FIN is there, and the FIN is not taken yet. */
bool tcb_fin_is_next(const struct tcb *tcb);

/* Text in order that the program has not read. */
uint32_t tcb_unread(const struct tcb *tcb);

/* TS.Recent (RFC 7323 4.3). */
void tcb_take_stamp(struct tcb *tcb, const struct segment *segment, usec_t now);

/* Adds an answer to the segment; the oldest makes room. */
void tcb_reply_add(struct tcb *tcb, const struct tcb_reply *reply);

/* ---- what a segment that is sent shows ---- */

/* The answer that this segment gives, of those that are owed or may come; NULL: none. */
const struct tcb_reply *tcb_reply_given(const struct tcb *tcb, const struct segment *segment);

/*
 * Takes the variables from a segment that the rules allow. It may also show what did arrive, where
 * that was not known.
 */
void tcb_sent(struct tcb *tcb, const struct segment *segment, usec_t now);

#endif
