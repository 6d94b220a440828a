#include "program/lint.h"

#include <netinet/in.h>

#include "program/linting.h"
#include "program/symbols.h"

/* ---- one line ---- */

/* In tcpdump and scapy, A is the flag ACK; in packetdrill it is AE. AE comes with E, W or a dot. */
static void check_letters(struct linting *l, const struct step *step,
                          const struct packet_want *want)
{
	uint16_t flags = want->segment.tcp.flags;
	struct range where = packet_where(want, FIELD_FLAGS);
	char letters[8] = "";

	if (!(flags & TCP_AE) || flags & (TCP_ECE | TCP_CWR | TCP_ACK) || want->ace)
		return;
	static const struct {
		uint16_t flag;
		char letter;
	} rows[] = { { TCP_FIN, 'F' }, { TCP_SYN, 'S' }, { TCP_RST, 'R' }, { TCP_PSH, 'P' } };
	size_t count = 0;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (flags & rows[i].flag)
			letters[count++] = rows[i].letter;
	if (lint_warn(l, step, where, "the letter A is the flag AE of accurate ECN, not ACK"))
		diag_hint(l->diag, "ACK is written as a dot: %s.", letters);
}

static void check_acknowledgment(struct linting *l, const struct step *step,
                                 const struct packet_want *want)
{
	bool dot = want->segment.tcp.flags & TCP_ACK;
	bool written = packet_where(want, FIELD_ACKNOWLEDGMENT).end;
	struct range flags = packet_where(want, FIELD_FLAGS);

	if (dot && !written &&
	    lint_warn(l, step, flags, "the dot says ACK, but ack N is missing, so it is 0"))
		diag_hint(l->diag, "write ack N behind the sequence numbers; ack 0 when it is "
		                   "meant");
	if (!dot && written &&
	    lint_warn(l, step, packet_where(want, FIELD_ACKNOWLEDGMENT),
	              "without a dot among the flags, the acknowledgment number means nothing"))
		diag_hint(l->diag, "ACK is written as a dot, like F.");
}

static void check_packet(struct linting *l, const struct step *step)
{
	for (const struct packet_want *want = step->packet; want; want = want->alternative) {
		if (want->segment.protocol != IPPROTO_TCP)
			continue;
		check_letters(l, step, want);
		/* When the letter A was meant as ACK, one warning is enough. */
		if (!(want->segment.tcp.flags & TCP_AE) || want->segment.tcp.flags & TCP_ACK)
			check_acknowledgment(l, step, want);
	}
}

static void check_result(struct linting *l, const struct step *step)
{
	const struct value *result = &step->call->result;
	int64_t number;

	if (result->kind != VALUE_NUMBER || !result->name || result->number <= 0 ||
	    !symbol_find_in(SYMBOL_ERRNO, result->name, &number))
		return;
	if (lint_warn(l, step, result->where, "no call returns %s, the number %d", result->name,
	              (int)number))
		diag_hint(l->diag, "an error is written -1 %s", result->name);
}

/* Nobody knows how long a '*' takes, so an absolute time may be over by then. */
static void check_time(struct linting *l, const struct step *step)
{
	bool absolute = step->time == TIME_ABSOLUTE || step->time == TIME_ABSOLUTE_RANGE;

	if (absolute && l->any_time &&
	    lint_warn(l, step, step->time_where,
	              "the segment before may come at any time (*), so this time may be over "
	              "then"))
		diag_hint(l->diag, "write the time since the event before: +0.1");
	l->any_time = step->time == TIME_ANY || (l->any_time && !absolute);
}

/* ---- the end ---- */

static bool looks(const struct step *step)
{
	return step->kind == STEP_EXPECT || step->kind == STEP_OBSERVE || step->kind == STEP_CODE ||
	       step->kind == STEP_COMMAND;
}

/* The last close of a connection that goes on, when nothing is looked at after it. */
static void check_end(struct linting *l, const struct step *closing)
{
	const struct step *end = l->program->steps + l->program->count;

	for (const struct step *step = closing; step && step < end; step++)
		if (looks(step))
			return;
	if (closing && !l->waits &&
	    lint_warn(l, closing, closing->where, "nothing is looked at after this %s",
	              closing->call->row->name))
		diag_hint(l->diag, "write what the kernel sends, such as > F. 1:1(0) ack 1, or the "
		                   "state, such as "
		                   "state = FIN_WAIT_1");
}

/* ---- the whole program ---- */

/* A socket that has ended wakes a program that reads from it. */
static void take_state(struct linting *l, const struct observe_want *want)
{
	if (want->kind == OBSERVE_STATE && want->state == STATE_CLOSED)
		for (struct lint_flow *flow = l->flows; flow; flow = flow->next)
			flow->reset = true;
}

static void take_step(struct linting *l, const struct step *step)
{
	check_time(l, step);
	switch (step->kind) {
	case STEP_INJECT:
	case STEP_EXPECT:
		check_packet(l, step);
		/* Both ends have flows of their own then, and nobody has written what they send. */
		if (!l->program->settings.real_peer)
			lint_segment(l, step);
		break;
	case STEP_CALL:
		check_result(l, step);
		lint_call(l, step);
		break;
	case STEP_COMMAND:
	case STEP_CODE:
	case STEP_PROCESS:
		l->foreign = true;
		break;
	case STEP_OBSERVE:
		take_state(l, step->observe);
		break;
	case STEP_LINK:
	case STEP_KINDS:
		break;
	}
}

void lint_program(const struct program *program, size_t count, const struct sources *sources,
                  struct arena *arena, struct diag *diag)
{
	struct linting *l = arena_alloc(arena, sizeof(*l));
	const struct step *closing = NULL;

	*l = (struct linting){
		.program = program,
		.sources = sources,
		.arena = arena,
		.diag = diag,
		.foreign = program->has_processes || program->init_command,
	};
	l->next_flow = &l->flows;
	for (size_t i = 0; i < count; i++) {
		const struct step *step = &program->steps[i];

		if (step->kind == STEP_CALL && lint_closes(l, step))
			closing = step;
		take_step(l, step);
	}
	check_end(l, closing);
}
