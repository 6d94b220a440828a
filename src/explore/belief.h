/*
 * What a walk believes of the endpoint while it is written: the model, run forward with what the
 * endpoint most likely sends. Where the rules are open, or the kernel sends otherwise, it may be
 * wrong, and the walk is then only less well aimed: it is judged by what the kernel did.
 * All numbers count from the SYN of their side.
 */
#ifndef TCPCLOSE_EXPLORE_BELIEF_H
#define TCPCLOSE_EXPLORE_BELIEF_H

#include "explore/chance.h"
#include "model/call_rules.h"
#include "model/circumstances.h"
#include "model/tcb.h"
#include "model/transitions.h"

/* What both sides of a walk's connection are like. */
struct habits {
	bool stamps, sack, scale; /* what the peer's SYN offers; the kernel agrees */
	bool active;              /* the kernel opens it */
	bool ipv6, mapped;        /* neither: IPv4 */
	bool plain;               /* what only Linux has is not asked for */
	bool fast_open;           /* the listener takes the text of a SYN (RFC 7413) */
	uint16_t window;          /* that the peer has, as in the header */
	uint32_t room;            /* the window of the kernel, in bytes */
};

struct belief {
	struct model_circumstances terms;
	struct habits habits;
	struct tcb tcb;
	usec_t now;
	uint32_t queued; /* bytes that the program wrote and that wait to be sent */
	bool listening;
	struct transitions taken;
};

void belief_init(struct belief *belief, const struct habits *habits, enum model_mode mode);

/* The options of a SYN of either side. */
void belief_offer(const struct habits *habits, struct segment *segment);

void belief_arrives(struct belief *belief, const struct segment *segment, struct chance *chance);
void belief_calls(struct belief *belief, enum call_kind kind);
/* The program writes; nothing of it is sent where it may not. */
void belief_writes(struct belief *belief, uint32_t bytes);
/* ... reads all that is there. */
void belief_reads(struct belief *belief);
void belief_waits(struct belief *belief, usec_t time);

#endif
