/*
 * What the grammar's actions build a tree with: nodes of expressions, packets and events. Nothing
 * is looked up or judged here, but that a number does not fit in 64 bits, which a node cannot say.
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

/* A number as the scanner found it. */
struct token_number {
	int64_t value;    /* of one with a fraction: in millionths */
	bool fraction;    /* it is written with one */
	bool too_long;    /* for 64 bits; the digits of a cookie may be */
	const char *text; /* as it was written */
};

/*
 * The memory of an event's nodes. While events are taken it comes from two arenas in turn: the
 * parser may have looked ahead into the next event already when it completes one.
 */
struct node_memory {
	const struct event_taker *taker; /* NULL: all events stay in the tree */
	struct arena *arenas[2];         /* NULL: none was taken yet */
	unsigned current;
};

/* A text that is being parsed; one that is within another has its own. */
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
	bool within_event;           /* where the last syntax error was */
	const struct when *when;     /* of the next event, whatever it says itself; or NULL */
	const struct parsing *outer; /* of the text that includes this one */
	unsigned depth, *texts;      /* texts within texts, and of all of them */
	/* Parses a text within this one; the parser itself, which stands above the items. */
	void (*parse)(struct parsing *p, const struct source_text *text);
};

/* ---- expressions ---- */

struct expr *build_expr(struct parsing *p, enum expr_kind kind, struct range where);
struct expr *build_number(struct parsing *p, struct token_number number, struct range where);

/* 1!: as it is on the wire. */
struct expr *build_absolute(struct parsing *p, struct token_number number, struct range where);

/* A number, or the digits of something that is none: a word. */
struct expr *build_digits(struct parsing *p, struct token_number number, struct range where);
struct expr *build_word(struct parsing *p, struct word word);
struct expr *build_address(struct parsing *p, struct word word);

/* left:right, as a PAIR, or left=right, as a FIELD. */
struct expr *build_pair(struct parsing *p, enum expr_kind kind, struct expr *left,
                        struct expr *right);
struct expr *build_number_pair(struct parsing *p, struct token_number left, struct range left_where,
                               struct token_number right, struct range right_where);

/* WORD value */
struct expr *build_field(struct parsing *p, struct word name, struct expr *value);

/* text(items), a CALL; with brackets of another kind, text is NULL. */
struct expr *build_items(struct parsing *p, enum expr_kind kind, const char *text,
                         struct expr_list items, struct range where);

/* A chain of '|' is one node: however long it is, nothing recurses into it. */
struct expr *build_or(struct parsing *p, struct expr *left, struct expr *right);

/* Strings that stand one behind the other are one. */
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

/* Two pieces of text as one word; the separator may be "". */
struct word word_joined(struct parsing *p, const char *first, const char *separator,
                        const char *second, struct range where);

/* ---- larger ones ---- */

struct event_node *build_event(struct parsing *p, enum event_form form);
struct event_node *build_text_event(struct parsing *p, enum event_form form, const char *text);
struct packet_node *build_packet(struct parsing *p, const struct packet_node *packet);
struct packet_node *packet_or(struct packet_node *first, struct packet_node *last);
struct call_node *build_call(struct parsing *p, const struct call_node *call);

#endif
