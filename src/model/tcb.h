/*
 * What one TCP endpoint may be: a state and the variables of RFC 9293 3.3.1, as far as closing
 * needs them. The rules (arrival_rules.h, send_rules.h, call_rules.h, time_rules.h) read and change
 * it. The judge (model.h) keeps a few of them; each is a candidate for what the endpoint really is.
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

/* What both SYNs must offer before it may be used. */
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
	OTHER_STATES = IN(SYN_RECV) | SYNCHRONIZED, /* the "other states" of RFC 9293 3.10.7.4 */
	RECEIVING = IN(ESTABLISHED) | IN(FIN_WAIT_1) | IN(FIN_WAIT_2),
	FIN_RECEIVED = IN(CLOSE_WAIT) | IN(CLOSING) | IN(LAST_ACK) | IN(TIME_WAIT),
	ANY_STATE = OTHER_STATES | IN(SYN_SENT) | IN(LISTEN) | IN(CLOSED),
};

/* The answers of RFC 9293 3.10.7, by their form. */
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
	MAY,     /* it may come, but need not */
	AT_ONCE, /* it must come, but one may answer several segments (MUST-58) */
	DELAYED, /* within half a second (MUST-40) */
	/* It must come at once, unless the last one was sent a short time ago (RFC 5961 7). */
	LIMITED,
};

struct rule; /* see rule.h */

enum { TCB_REPLIES = 6, TCB_RANGES = 4 };

/* How long TS.Recent is valid, RFC 7323 5.5. */
#define STAMP_VALID (24 * (usec_t)86400 * USEC_PER_SEC)

/* An answer that must come, or may come. */
struct tcb_reply {
	enum reply reply;
	const struct rule *rule; /* the rule that asks for it */
	/* An abort may have any number from `sequence` to `acknowledgment`. */
	uint32_t sequence, acknowledgment;
	usec_t at;  /* when the segment that it answers arrived */
	usec_t by;  /* when it must have come; USEC_FOREVER: it need not come */
	bool ended; /* whether the connection ended with it */
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
	bool slow;                      /* its timeouts may be long: something was sent again */
	bool may_reset;                 /* something was done, or ran out, that sends a RST */
	bool close_called;              /* CLOSE, or shutdown(2): a FIN is due */
	bool receiver_gone;             /* ... and nobody will RECEIVE: close(2) */
	bool receive_shut;              /* shutdown(2) with SHUT_RD */
	bool fin_sent, fin_acked;
	bool peer_fin_seen;   /* it arrived, perhaps with a gap before it */
	bool peer_fin_taken;  /* RCV.NXT is behind it */
	bool peer_fin_on_way; /* it was sent; the next ACK will show whether it arrived */
	bool was_reset;       /* a RST ended it; the program must be told */
	bool contradicted;  /* the peer has said two things of its text: what can be read is open */
	bool beyond;        /* text came that ends behind the window: what is held of it is open */
	bool reset_waiting; /* ... in CLOSE-WAIT */
	bool reset_quiet;   /* ... in CLOSING or LAST-ACK, where nobody need be told */
	bool timed_out;     /* a timer ended it */
	bool told;          /* ... and the program was told of it */
	bool detached;      /* ... while an error waited: what it says is open */
	bool error_queue;   /* SO_ZEROCOPY: what is told there looks like an error */
	bool soft_error;    /* an ICMP error came: SO_ERROR may tell it, and a timeout, too */
	bool aborted;       /* a call took the connection off its descriptor */
	bool reset_sent;
	bool has_offered;            /* a segment behind the SYN had a window */
	bool answered;               /* something was sent since the last arrival */
	bool sent_here;              /* ... since the state was entered */
	bool sent_any;               /* ... and since the connection began: flow_label is known */
	bool probed;                 /* ... before SND.NXT: a probe, perhaps (3.8.4, 3.8.6.1) */
	uint8_t offers, peer_offers; /* enum offer: what the SYNs had */
	uint8_t send_scale, receive_scale; /* shifts of the windows that come and that go */
	bool reopened;                     /* it replaces one in TIME-WAIT */
	uint32_t number_before;            /* ... whose SND.NXT was this, on the wire */
	uint8_t generation;                /* connections that there were before on these ports */
	uint8_t repeats;                   /* retransmissions since SND.UNA last moved */

	uint32_t iss, snd_una, snd_nxt;
	uint32_t written; /* bytes that the program wrote */
	/* The end of everything that was sent; SND.NXT may be known from an ACK only. */
	uint32_t snd_text;
	uint32_t sent_end;   /* the end of the segment at SND.UNA, as it was sent last */
	uint32_t snd_edge;   /* the furthest number that the peer's windows ever reached */
	uint32_t snd_end;    /* SND.UNA + SND.WND: where the peer's window ends now, at least */
	uint32_t snd_wl1;    /* SND.WL1: the segment that said so */
	uint32_t max_window; /* MAX.SND.WND, RFC 5961 5.2 */
	uint32_t irs, rcv_nxt;
	uint32_t copied;        /* the program has the text up to this number */
	uint32_t rcv_edge;      /* the furthest number that our windows ever reached */
	uint32_t offered;       /* ... since the SYN, in segments with a window that is scaled */
	uint32_t last_ack;      /* Last.ACK.sent, RFC 7323 4.3 */
	uint32_t fin, peer_fin; /* sequence numbers of the FINs */
	uint32_t way_ack;       /* the ACK of the peer's FIN that is under way */
	uint32_t stamp_recent;  /* TS.Recent */
	uint32_t stamp_newest;  /* the newest TSval that arrived */
	uint32_t stamp_sent;    /* the last TSval sent */
	uint32_t flow_label;    /* of the last segment sent */

	usec_t begun;      /* a SYN was sent, or taken */
	usec_t entered;    /* the state was entered */
	usec_t since;      /* ... or TIME-WAIT begun again */
	usec_t unacked;    /* since when something in flight is not acknowledged */
	usec_t sent_first; /* when the segment at SND.UNA was sent first, or before */
	usec_t repeated;   /* when it was sent last */
	usec_t repeat_by;  /* when it has to be sent again; USEC_FOREVER: not */
	usec_t round_trip; /* the longest that an acknowledgment took */
	usec_t challenged; /* the last answer that may be limited */
	usec_t stamp_at;   /* when TS.Recent was renewed */
	usec_t arrived;    /* when the last segment arrived */
	usec_t acked;      /* when one with an acknowledgment was taken */
	usec_t stamped;    /* when stamp_sent was sent */
	usec_t gap;        /* between the last two times that it was; 0: something came between */
	usec_t stuck;      /* since when text waits for a window; USEC_FOREVER: it does not */
	usec_t due_by;     /* when text or FIN that may be sent must have been; USEC_FOREVER */

	bool peer_marks; /* its SYN asked for ECN, or was not seen */
	bool urgent;     /* the peer told of an urgent byte, which the stream has not passed yet */
	bool urgent_taken;   /* ... and the program took it by MSG_OOB */
	bool urgent_in_line; /* SO_OOBINLINE: it stays in the stream */
	bool urging;         /* MSG_OOB was sent */
	uint32_t urgent_at;  /* its number: the urgent pointer points behind it (RFC 6093) */
	uint32_t urge_end;   /* SND.UP: the number behind the last urgent byte that was sent */

	struct counted counted;
	/* Signals since they were looked at: sets of enum signal_reason, see signal_rules.h. */
	uint8_t raised, may_raise;
	struct tcb_range ahead[TCB_RANGES]; /* text behind a gap */
	uint8_t ahead_count;
	uint8_t reply_count;
	struct tcb_reply replies[TCB_REPLIES]; /* the newest last */
};

/*
 * Sets up an endpoint that knows nothing of a connection: CLOSED, or LISTEN, which looks the same.
 */
void tcb_init(struct tcb *tcb, usec_t now);

/*
 * Sets up an endpoint that is first seen in the middle of a connection: ESTABLISHED, with unknown
 * numbers.
 */
void tcb_init_unknown(struct tcb *tcb, usec_t now);

static inline bool tcb_in(const struct tcb *tcb, unsigned states)
{
	return (1u << tcb->state & states) != 0;
}

static inline bool tcb_agreed(const struct tcb *tcb, enum offer offer)
{
	return (tcb->offers & tcb->peer_offers & offer) != 0;
}

/* Begins a new connection of the endpoint. The counters are kept. */
void tcb_renew(struct tcb *tcb, usec_t now);

void tcb_enter(struct tcb *tcb, enum tcp_state state, usec_t now);

/* The connection is gone, and with it every answer that it still had to give. */
void tcb_delete(struct tcb *tcb, usec_t now);

/*
 * ABORT (RFC 9293 3.10.5): the connection is gone. Where the peer may still send, a RST tells it
 * so, with a number from `first` to SND.NXT.
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

/* RCV.WND as the peer knows it. */
uint32_t tcb_receive_window(const struct tcb *tcb);

/* The test of RFC 9293 3.10.7.4, table 6. */
bool tcb_acceptable(const struct tcb *tcb, const struct segment *segment);

/* ---- what an arriving segment does ---- */

/* SND.UNA and the send window (fifth step, ESTABLISHED). */
void tcb_take_ack(struct tcb *tcb, const struct segment *segment, usec_t now);

/* A SYN: sets IRS, RCV.NXT, and what the SYN offers. */
void tcb_take_syn(struct tcb *tcb, const struct segment *segment);

/*
 * Text within the window. Either RCV.NXT moves over it, and over text that was held, or the text is
 * held (SHLD-31). A FIN behind it is remembered; the eighth step takes it.
 */
void tcb_take_text(struct tcb *tcb, const struct segment *segment);

/* ... and with it what is behind the window, for which there is room after all. */
void tcb_take_text_beyond(struct tcb *tcb, const struct segment *segment);

/* RCV.NXT moves over the peer's FIN, and the state changes (eighth step). */
void tcb_take_fin(struct tcb *tcb, usec_t now);

/* The first segment that is seen of a connection arrives, and is in its middle. */
void tcb_meet(struct tcb *tcb, const struct segment *segment);

/* Tells whether all text before the peer's FIN is there, and the FIN is not taken yet. */
bool tcb_fin_is_next(const struct tcb *tcb);

/* The bytes of text in order that the program has not read. */
uint32_t tcb_unread(const struct tcb *tcb);

/* ... that the next read may return: up to the urgent byte, and without it (tcp(7)). */
uint32_t tcb_readable(const struct tcb *tcb);

/* Is the urgent byte there? It came in order. */
bool tcb_has_urgent(const struct tcb *tcb);

/* The program has read so many bytes; 0: it was told that there is nothing. */
void tcb_read(struct tcb *tcb, uint32_t bytes);

/* URG (sixth step): RCV.UP. */
void tcb_take_urgent(struct tcb *tcb, const struct segment *segment);

/* What the program wrote, SYN and FIN, as far as it is not acknowledged. */
uint32_t tcb_unacknowledged(const struct tcb *tcb);

/*
 * Tells whether text or a FIN waits that may be sent now: nothing is in flight, or only the FIN is
 * left (RFC 9293 3.7.4, 3.8.6.2.1), and the peer's window has room.
 */
bool tcb_may_send_on(const struct tcb *tcb, bool corked);

/* Tells whether text waits that no window lets out, with nothing in flight. */
bool tcb_is_stuck(const struct tcb *tcb);

/* Updates TS.Recent (RFC 7323 4.3). */
void tcb_take_stamp(struct tcb *tcb, const struct segment *segment, usec_t now);

/* Adds an answer. When there is no room, the oldest one goes. */
void tcb_reply_add(struct tcb *tcb, const struct tcb_reply *reply);

/* ---- what a sent segment shows ---- */

/*
 * Returns the answer that this segment gives, among those that must or may come; NULL when it gives
 * none.
 */
const struct tcb_reply *tcb_reply_given(const struct tcb *tcb, const struct segment *segment);

/*
 * Takes the variables from a segment that the rules allow. The segment may also show that something
 * did arrive, which was not known before.
 */
void tcb_sent(struct tcb *tcb, const struct segment *segment, usec_t now);

#endif
