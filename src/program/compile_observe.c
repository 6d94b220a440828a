/* What a script can observe: state, counter, signal, silence. */
#include "program/compile_observe.h"

#include <inttypes.h>
#include <string.h>

#include "base/signal_kind.h"
#include "base/suggest.h"
#include "program/compile_value.h"
#include "program/symbols.h"

static const struct {
	const char *name;
	enum observe_kind kind;
} rows[] = {
	{ "state", OBSERVE_STATE },
	{ "counter", OBSERVE_COUNTER },
	{ "signal", OBSERVE_SIGNAL },
	{ "silence", OBSERVE_SILENCE },
};

bool observe_find(const char *name, enum observe_kind *kind)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (!strcmp(rows[i].name, name)) {
			*kind = rows[i].kind;
			return true;
		}
	return false;
}

const char *observe_at(size_t index)
{
	return index < sizeof(rows) / sizeof(*rows) ? rows[index].name : NULL;
}

/* ---- numbers ---- */

static bool one_number(struct compiling *c, const struct expr *expr, int64_t unit, int64_t *number)
{
	if (expr->kind == EXPR_FLOAT && unit == USEC_PER_SEC && expr->number >= 0) {
		*number = expr->number;
		return true;
	}
	if (expr->kind == EXPR_FLOAT && unit == USEC_PER_SEC) {
		diag_error(c->diag, expr->where, "a time cannot be negative");
		return false;
	}
	if (!compile_number(c, expr, "the number", 0, INT64_MAX / USEC_PER_SEC / 2, number))
		return false;
	*number *= unit;
	return true;
}

static bool compile_range(struct compiling *c, const struct expr *expr, int64_t unit,
                          struct number_range *range)
{
	bool pair = expr->kind == EXPR_PAIR;

	range->wanted = true;
	range->where = expr->where;
	if (!one_number(c, pair ? expr->left : expr, unit, &range->first) ||
	    !one_number(c, pair ? expr->right : expr, unit, &range->last))
		return false;
	if (range->last < range->first) {
		diag_error(c->diag, expr->where, "the range ends before it begins");
		return false;
	}
	return true;
}

/* ---- state ---- */

static bool state_subject(struct compiling *c, const struct call_node *node,
                          struct observe_want *want)
{
	const struct expr *subject = node->arguments;
	int64_t local, remote, fd;

	if (!subject)
		return true;
	if (subject->next) {
		diag_error(c->diag, subject->next->where,
		           "state takes one descriptor or one pair of ports");
		return false;
	}
	if (subject->kind == EXPR_PAIR) {
		want->subject = SUBJECT_PORTS;
		if (!compile_number(c, subject->left, "the local port", 0, 65535, &local) ||
		    !compile_number(c, subject->right, "the remote port", 0, 65535, &remote))
			return false;
		want->local_port = (uint16_t)local;
		want->remote_port = (uint16_t)remote;
		return true;
	}
	want->subject = SUBJECT_DESCRIPTOR;
	if (!compile_number(c, subject, "the descriptor", 0, SCRIPT_DESCRIPTORS - 1, &fd))
		return false;
	want->descriptor = (int)fd;
	if (c->at_peer) {
		diag_error(c->diag, subject->where,
		           "at the peer a connection is named by its ports, as in state(8080 > "
		           "40001)");
		return false;
	}
	if (c->processes[c->who].descriptors[fd] == DESCRIPTOR_OPEN || c->incomplete)
		return true;
	diag_error(c->diag, subject->where, "descriptor %" PRId64 " is not open here", fd);
	if (c->processes[c->who].descriptors[fd] == DESCRIPTOR_CLOSED)
		diag_hint(c->diag, "write state = ... to look at the connection itself");
	return false;
}

static bool state_name(struct compiling *c, const struct expr *result, struct observe_want *want)
{
	struct suggestion near = { .wanted = result->text ? result->text : "" };

	want->state_where = result->where;
	if (result->kind == EXPR_ELLIPSIS)
		return true;
	if (result->kind == EXPR_WORD && tcp_state_parse(result->text, &want->state))
		return true;
	for (int state = STATE_ESTABLISHED; state < STATE_NEW_SYN_RECV; state++)
		suggest_offer(&near, tcp_state_name((enum tcp_state)state));
	diag_error(c->diag, result->where, "this is not a TCP state");
	if (near.best)
		diag_hint(c->diag, "did you mean %s?", near.best);
	return false;
}

/* "timer timewait 60", "timer none", "retransmits 2", "rqueue 0", "wqueue 1" */
static bool state_tail(struct compiling *c, const struct expr *tail, struct observe_want *want)
{
	for (const struct expr *item = tail; item; item = item->next) {
		bool numbered = item->kind == EXPR_FIELD;
		const struct expr *word = numbered ? item->left : item;
		struct number_range *range = !strcmp(word->text, "retransmits") ? &want->retransmits
		                             : !strcmp(word->text, "rqueue") ? &want->receive_queue
		                             : !strcmp(word->text, "wqueue") ? &want->send_queue
		                                                             : NULL;

		if (range && numbered) {
			if (!compile_range(c, item->right, 1, range))
				return false;
			continue;
		}
		if (strcmp(word->text, "timer") || numbered || !item->next) {
			diag_error(c->diag, item->where, "'%s' cannot stand behind a state",
			           word->text);
			diag_hint(
				c->diag,
				"what can stand there: timer NAME [SECONDS], retransmits N, rqueue "
				"N, wqueue N");
			return false;
		}
		item = item->next;
		numbered = item->kind == EXPR_FIELD;
		word = numbered ? item->left : item;
		want->has_timer = true;
		want->timer_where = word->where;
		if (!tcp_timer_parse(word->text, &want->timer)) {
			diag_error(c->diag, word->where, "unknown timer '%s'", word->text);
			diag_hint(c->diag,
			          "there are none, retransmit, keepalive, timewait and probe");
			return false;
		}
		if (numbered && !compile_range(c, item->right, USEC_PER_SEC, &want->expires))
			return false;
	}
	return true;
}

static bool compile_state(struct compiling *c, const struct call_node *node,
                          struct observe_want *want)
{
	bool good = state_subject(c, node, want);

	if (!node->result) {
		diag_error(c->diag, node->name.where, "the state is missing");
		diag_hint(c->diag, "write state = TIME_WAIT, or state(4) = CLOSE_WAIT");
		return false;
	}
	good &= state_name(c, node->result, want);
	return good & state_tail(c, node->tail, want);
}

/* ---- counter(NAME) = N, signal(SIGPIPE) = N, silence ---- */

static bool how_it_is_written(struct compiling *c, const struct call_node *node,
                              const struct observe_want *want)
{
	diag_error(c->diag, node->name.where, "this is written %s",
	           want->kind == OBSERVE_COUNTER
	                   ? "counter(NAME) = N"
	                   : "signal(NAME) = N, or signal(NAME, POLL_HUP) = N");
	return false;
}

/* Behind the name of a signal: what happened at the descriptor, and the events of poll(2). */
static bool compile_reason(struct compiling *c, const struct expr *reason, int64_t *code,
                           int64_t *band)
{
	const struct expr *events = reason->next;

	if (reason->kind != EXPR_WORD || !symbol_find_in(SYMBOL_SIGNAL_CODE, reason->text, code)) {
		diag_error(c->diag, reason->where, "this is not why a descriptor has a signal");
		diag_hint(c->diag, "there are POLL_IN, POLL_OUT, POLL_MSG, POLL_ERR, POLL_PRI and "
		                   "POLL_HUP, as in sigaction(2)");
		return false;
	}
	return !events ||
	       compile_number(c, events, "the mask of events", 1, SIGNAL_KIND_BAND, band);
}

static bool compile_signal(struct compiling *c, const struct expr *name, struct observe_want *want)
{
	int64_t number, code = 0, band = 0;

	if (!symbol_find_in(SYMBOL_SIGNAL, name->text, &number)) {
		report_unknown_symbol(c, name);
		return false;
	}
	if (name->next && !compile_reason(c, name->next, &code, &band))
		return false;
	want->signal = signal_kind((int)number, (int)code, (int)band);
	return true;
}

static bool compile_counted(struct compiling *c, const struct call_node *node,
                            struct observe_want *want)
{
	const struct expr *name = node->arguments;
	int more = 0;

	for (const struct expr *next = name ? name->next : NULL; next; next = next->next)
		more++;
	if (!name || name->kind != EXPR_WORD || !node->result ||
	    more > (want->kind == OBSERVE_SIGNAL ? 2 : 0))
		return how_it_is_written(c, node, want);
	want->name = name->text;
	want->name_where = name->where;
	if (want->kind == OBSERVE_SIGNAL && !compile_signal(c, name, want))
		return false;
	return compile_range(c, node->result, 1, &want->number);
}

static bool compile_silence(struct compiling *c, const struct call_node *node)
{
	if (!node->has_arguments && !node->result)
		return true;
	diag_error(c->diag, node->name.where, "nothing can stand behind silence");
	diag_hint(c->diag,
	          "+.5 silence means: nothing is sent until half a second after the event before");
	return false;
}

struct observe_want *compile_observe(struct compiling *c, const struct call_node *node,
                                     enum observe_kind kind)
{
	struct observe_want *want = arena_alloc(c->arena, sizeof(*want));
	bool good = false;

	want->kind = kind;
	want->at_peer = c->at_peer;
	switch (kind) {
	case OBSERVE_STATE:
		good = compile_state(c, node, want);
		break;
	case OBSERVE_COUNTER:
	case OBSERVE_SIGNAL:
		good = compile_counted(c, node, want);
		break;
	case OBSERVE_SILENCE:
		good = compile_silence(c, node);
		break;
	}
	if (node->blocking || node->actor.text || node->error.text) {
		diag_error(c->diag, node->name.where, "%s is not a system call", node->name.text);
		return NULL;
	}
	if (c->at_peer && kind != OBSERVE_STATE && kind != OBSERVE_COUNTER) {
		diag_error(c->diag, node->name.where,
		           "only a state and a counter can be the peer's");
		return NULL;
	}
	if (kind != OBSERVE_STATE && node->tail) {
		diag_error(c->diag, node->tail->where, "nothing more can stand here");
		return NULL;
	}
	return good ? want : NULL;
}
