#include "script/building.h"

#include <string.h>

/* ---- expressions ---- */

static struct arena *nodes(const struct parsing *p)
{
	struct arena *arena = p->memory->arenas[p->memory->current];

	return arena ? arena : p->arena;
}

struct expr *build_expr(struct parsing *p, enum expr_kind kind, struct range where)
{
	return expr_new(nodes(p), kind, where);
}

struct expr *build_number(struct parsing *p, struct token_number number, struct range where)
{
	struct expr *expr = build_expr(p, number.fraction ? EXPR_FLOAT : EXPR_NUMBER, where);

	if (number.too_long)
		diag_error(p->diag, where, "the number %s does not fit in 64 bits", number.text);
	expr->number = number.value;
	expr->text = number.text;
	return expr;
}

struct expr *build_absolute(struct parsing *p, struct token_number number, struct range where)
{
	struct expr *expr = build_number(p, number, where);

	expr->kind = EXPR_ABSOLUTE;
	return expr;
}

struct expr *build_digits(struct parsing *p, struct token_number number, struct range where)
{
	return number.too_long ? build_word(p, word_at(number.text, where))
	                       : build_number(p, number, where);
}

static struct expr *one_word(struct parsing *p, struct word word)
{
	struct expr *expr = build_expr(p, EXPR_WORD, word.where);

	expr->text = word.text;
	expr->length = (uint32_t)strlen(word.text);
	return expr;
}

/* The word of a cell, or of a definition, can be several that are joined: POLLIN|POLLHUP. */
struct expr *build_word(struct parsing *p, struct word word)
{
	const char *bar = strrchr(word.text, '|');

	if (!bar)
		return one_word(p, word);
	struct word before =
		word_at(arena_strndup(nodes(p), word.text, (size_t)(bar - word.text)), word.where);
	struct expr *left = build_word(p, before);

	return build_or(p, left, one_word(p, word_at(bar + 1, word.where)));
}

struct expr *build_address(struct parsing *p, struct word word)
{
	struct expr *expr = build_word(p, word);

	expr->kind = EXPR_ADDRESS;
	return expr;
}

struct expr *build_pair(struct parsing *p, enum expr_kind kind, struct expr *left,
                        struct expr *right)
{
	struct range where = { left->where.begin, right->where.end };
	struct expr *expr = build_expr(p, kind, where);

	expr->left = left;
	expr->right = right;
	return expr;
}

struct expr *build_number_pair(struct parsing *p, struct token_number left, struct range left_where,
                               struct token_number right, struct range right_where)
{
	return build_pair(p, EXPR_PAIR, build_number(p, left, left_where),
	                  build_number(p, right, right_where));
}

struct expr *build_field(struct parsing *p, struct word name, struct expr *value)
{
	return build_pair(p, EXPR_FIELD, build_word(p, name), value);
}

struct expr *build_items(struct parsing *p, enum expr_kind kind, const char *text,
                         struct expr_list items, struct range where)
{
	struct expr *expr = build_expr(p, kind, where);

	expr->text = text;
	expr->items = items.first;
	return expr;
}

struct expr *build_or(struct parsing *p, struct expr *left, struct expr *right)
{
	struct expr *expr = left;

	if (left->kind != EXPR_OR) {
		expr = build_expr(p, EXPR_OR, left->where);
		expr->items = expr->right = left;
	}
	expr->right->next = right;
	expr->right = right;
	expr->where.end = right->where.end;
	return expr;
}

struct expr *build_string(struct parsing *p, struct expr_list strings, struct range where)
{
	struct expr *expr = build_expr(p, EXPR_STRING, where);
	size_t length = 0;

	for (const struct expr *part = strings.first; part; part = part->next)
		length += part->length;
	char *text = arena_alloc(p->arena, length + 1);
	expr->text = text;
	expr->length = (uint32_t)length;
	for (const struct expr *part = strings.first; part; text += part->length, part = part->next)
		memcpy(text, part->text, part->length);
	return expr;
}

/* ---- words ---- */

struct word word_missing(void)
{
	return (struct word){ NULL, { 0, 0 } };
}

struct word word_at(const char *text, struct range where)
{
	return (struct word){ text, where };
}

struct word word_joined(struct parsing *p, const char *first, const char *separator,
                        const char *second, struct range where)
{
	size_t lengths[] = { strlen(first), strlen(separator), strlen(second) };
	char *text = arena_alloc(p->arena, lengths[0] + lengths[1] + lengths[2] + 1);

	memcpy(text, first, lengths[0]);
	memcpy(text + lengths[0], separator, lengths[1]);
	memcpy(text + lengths[0] + lengths[1], second, lengths[2]);
	return word_at(text, where);
}

/* ---- packets, calls, events ---- */

struct event_node *build_event(struct parsing *p, enum event_form form)
{
	struct event_node *event = arena_alloc(nodes(p), sizeof(*event));

	event->form = form;
	return event;
}

struct event_node *build_text_event(struct parsing *p, enum event_form form, const char *text)
{
	struct event_node *event = build_event(p, form);

	event->text = text;
	return event;
}

struct packet_node *build_packet(struct parsing *p, const struct packet_node *packet)
{
	struct packet_node *built = arena_alloc(nodes(p), sizeof(*built));

	*built = *packet;
	return built;
}

struct packet_node *packet_or(struct packet_node *first, struct packet_node *last)
{
	struct packet_node *packet = first;

	while (packet->alternative)
		packet = packet->alternative;
	packet->alternative = last;
	return first;
}

struct call_node *build_call(struct parsing *p, const struct call_node *call)
{
	struct call_node *built = arena_alloc(nodes(p), sizeof(*built));

	*built = *call;
	return built;
}
