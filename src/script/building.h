/*
 * The functions with which the grammar's actions build the tree: nodes for expressions, packets and
 * events. They look nothing up and judge nothing, with one exception: they report a number that
 * does not fit in 64 bits, because no node can hold it.
 */
#ifndef TCPCLOSE_SCRIPT_BUILDING_H
#define TCPCLOSE_SCRIPT_BUILDING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "script/ast.h"
#include "script/defines.h"

/* A number, as the scanner found it. */
struct token_number {
	int64_t value;    /* when it has a fraction: in millionths */
	bool fraction;    /* it is written with a fraction */
	bool too_long;    /* it does not fit in 64 bits; it may still be the digits of a cookie */
	const char *text; /* as it was written */
};

/*
 * The memory for the nodes of events. While an event_taker takes events, it comes from two arenas
 * in turn, because the parser may have looked ahead into the next event when it completes one.
 */
struct node_memory {
	const struct event_taker *taker; /* NULL: all events stay in the tree */
	struct arena *arenas[2];         /* NULL: not used yet */
	unsigned current;
};

/*
 * The state of parsing a text. A text within another one (an include, a define that is an action)
 * has a state of its own.
 */
struct parsing {
	struct arena *arena;
	struct node_memory *memory;
	struct sources *sources;
	const struct source_text *text;
	struct defines *defines;
	struct diag *diag;
	struct script *script;
	struct event_node **next_event;
	struct option_node **next_option;
	struct directive_node **next_directive;
	bool within_event; /* whether the last syntax error was within an event */
	/* The time of the next event, whatever time it has itself; or NULL. */
	const struct when *when;
	const struct parsing *outer; /* of the text around this one */
	/* How deep this text is within others; how many texts there are in all. */
	unsigned depth, *texts;
	/*
	 * Parses a text within this one. It is a pointer, because the parser is above the functions
	 * that call it.
	 */
	void (*parse)(struct parsing *p, const struct source_text *text);
};

/* ---- expressions ---- */

struct expr *build_expr(struct parsing *p, enum expr_kind kind, struct range where);
struct expr *build_number(struct parsing *p, struct token_number number, struct range where);

/* 1!: a number as it is on the wire. */
struct expr *build_absolute(struct parsing *p, struct token_number number, struct range where);

/* A number; or a word, when the digits are not one. */
struct expr *build_digits(struct parsing *p, struct token_number number, struct range where);
struct expr *build_word(struct parsing *p, struct word word);
struct expr *build_address(struct parsing *p, struct word word);

/* left:right as a PAIR, or left=right as a FIELD. */
struct expr *build_pair(struct parsing *p, enum expr_kind kind, struct expr *left,
                        struct expr *right);
struct expr *build_number_pair(struct parsing *p, struct token_number left, struct range left_where,
                               struct token_number right, struct range right_where);

/* A name and its value, as a FIELD. */
struct expr *build_field(struct parsing *p, struct word name, struct expr *value);

/* text(items) as a CALL; for brackets of another kind, `text` is NULL. */
struct expr *build_items(struct parsing *p, enum expr_kind kind, const char *text,
                         struct expr_list items, struct range where);

/* A chain of '|' becomes one node, so that nothing recurses into it, however long it is. */
struct expr *build_or(struct parsing *p, struct expr *left, struct expr *right);

/* Strings that follow each other become one. */
struct expr *build_string(struct parsing *p, struct expr_list strings, struct range where);

/* ---- lists ---- */

static inline struct expr_list list_empty(void)
{
	return (struct expr_list){ NULL, NULL };
}

static inline struct expr_list list_with(struct expr_list list, struct expr *item)
{
	expr_append(&list, item);
	return list;
}

static inline struct expr_list list_of(struct expr *item)
{
	return (struct expr_list){ item, item };
}

static inline struct expr_list list_joined(struct expr_list list, struct expr_list more)
{
	if (!list.last)
		return more;
	list.last->next = more.first;
	list.last = more.last;
	return list;
}

/* ---- words ---- */

struct word word_missing(void);
struct word word_at(const char *text, struct range where);

/* Two pieces of text as one word. `separator` may be "". */
struct word word_joined(struct parsing *p, const char *first, const char *separator,
                        const char *second, struct range where);

/* ---- packets, calls, events ---- */

struct event_node *build_event(struct parsing *p, enum event_form form);
struct event_node *build_text_event(struct parsing *p, enum event_form form, const char *text);
struct packet_node *build_packet(struct parsing *p, const struct packet_node *packet);
struct packet_node *packet_or(struct packet_node *first, struct packet_node *last);
struct call_node *build_call(struct parsing *p, const struct call_node *call);

#endif
