#include "program/compile_link.h"

#include <string.h>

#include "program/compile_value.h"

const char link_word[] = "link";

static const struct {
	const char *name; /* in the brackets */
	enum link_action action;
	const char *form;
} rows[] = {
	{ "loses", LINK_LOSES, "link(loses) = N, or link(loses) = ... for all segments" },
	{ "delays", LINK_DELAYS, "link(delays) = SECONDS" },
};

bool link_is(const char *name)
{
	return !strcmp(name, link_word);
}

const char *link_at(size_t index)
{
	return index < sizeof(rows) / sizeof(*rows) ? rows[index].name : NULL;
}

static bool wrong_form(struct compiling *c, const struct call_node *node, const char *form)
{
	diag_error(c->diag, node->name.where, "this is written %s", form);
	return false;
}

/* link = down, link = up: the device that the test's segments go through. */
static bool up_or_down(struct compiling *c, const struct call_node *node, struct link_want *want)
{
	const struct expr *state = node->result;
	bool word = state && state->kind == EXPR_WORD;

	want->action = word && !strcmp(state->text, "up") ? LINK_UP : LINK_DOWN;
	return (word && (want->action == LINK_UP || !strcmp(state->text, "down"))) ||
	       wrong_form(c, node, "link = up, or link = down");
}

static bool what_it_does(struct compiling *c, const struct call_node *node, struct link_want *want)
{
	const struct expr *word = node->arguments, *result = node->result;
	const char *form = "link(loses) = N, or link(delays) = SECONDS";
	int64_t count;

	for (size_t i = 0; word && i < sizeof(rows) / sizeof(*rows); i++)
		if (!word->next && word->kind == EXPR_WORD && !strcmp(rows[i].name, word->text)) {
			want->action = rows[i].action;
			form = rows[i].form;
		}
	if (want->action == LINK_DELAYS && result &&
	    (result->kind == EXPR_NUMBER || result->kind == EXPR_FLOAT))
		return compile_time(c, result, &want->delay);
	want->count = LINK_ALL;
	if (want->action == LINK_LOSES && result && result->kind == EXPR_ELLIPSIS)
		return true;
	if (want->action != LINK_LOSES || !result || result->kind != EXPR_NUMBER)
		return wrong_form(c, node, form);
	if (!compile_number(c, result, "how many segments are lost", 0, INT32_MAX, &count))
		return false;
	want->count = (int)count;
	return true;
}

struct link_want *compile_link(struct compiling *c, const struct call_node *node)
{
	struct link_want *want = arena_alloc(c->arena, sizeof(*want));
	bool good = node->has_arguments ? what_it_does(c, node, want) : up_or_down(c, node, want);

	if (good && (node->blocking || node->tail || node->error.text))
		good = wrong_form(c, node, "link = up, or link = down");
	if (good && want->action >= LINK_LOSES && !c->settings->real_peer) {
		diag_error(c->diag, node->name.where,
		           "a link with a script at its other end loses and delays nothing");
		diag_hint(c->diag, "with --real_peer there is a TCP at both ends; otherwise leave "
		                   "out the segment, or write it later");
		good = false;
	}
	want->at_peer = c->at_peer;
	return good ? want : NULL;
}
