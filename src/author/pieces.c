#include "author/pieces.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "script/parse.h"

enum { NUMBERS_MAX = 64, CONNECTIONS_MAX = 64 };

/* A connection, by its ports, as far as they are written. */
struct known_connection {
	int64_t kernel, peer; /* -1: not written */
	unsigned begun;       /* how many SYNs with the number 0 it had so far */
};

struct cutting {
	struct pieces *pieces;
	struct arena *arena;
	uint32_t base; /* the offset of the text in the ranges of the tree */
	struct known_connection connections[CONNECTIONS_MAX];
	size_t connection_count;
	size_t room;
};

/* ---- numbers of a packet ---- */

static void add_number(struct cutting *c, struct piece *piece, const struct expr *expr,
                       enum space space)
{
	if (!expr || expr->kind != EXPR_NUMBER || piece->number_count == NUMBERS_MAX ||
	    expr->where.begin < c->base || expr->where.end - c->base > c->pieces->length)
		return;
	if (!piece->numbers)
		piece->numbers = arena_alloc(c->arena, NUMBERS_MAX * sizeof(*piece->numbers));
	piece->numbers[piece->number_count++] = (struct number){
		expr->where.begin - c->base, expr->where.end - c->base,
		(uint32_t)expr->number,      space,
		piece->connection,
	};
}

static void add_pair(struct cutting *c, struct piece *piece, const struct expr *pair,
                     enum space space)
{
	if (!pair || pair->kind != EXPR_PAIR)
		return;
	add_number(c, piece, pair->left, space);
	add_number(c, piece, pair->right, space);
}

static void add_sacks(struct cutting *c, struct piece *piece, const struct expr *option,
                      enum space space)
{
	if (option->kind != EXPR_CALL || strcmp(option->text, "sack"))
		return;
	for (const struct expr *block = option->items; block; block = block->next)
		add_pair(c, piece, block, space);
}

static void add_packet_numbers(struct cutting *c, struct piece *piece,
                               const struct packet_node *packet)
{
	enum space own = packet->inbound ? THEIRS : OURS, other = packet->inbound ? OURS : THEIRS;

	if (!packet->absolute)
		add_pair(c, piece, packet->sequence, own);
	for (const struct expr *field = packet->attributes; field; field = field->next)
		if (field->kind == EXPR_FIELD && field->left->text &&
		    !strcmp(field->left->text, "ack"))
			add_number(c, piece, field->right, other);
	for (const struct expr *option = packet->options; option; option = option->next)
		add_sacks(c, piece, option, other);
	if (packet->quote && packet->quote->kind == EXPR_CALL)
		add_pair(c, piece, packet->quote->items, other);
}

static void add_size(struct cutting *c, struct piece *piece, const struct expr *expr)
{
	if (expr && expr->kind == EXPR_NUMBER && expr->where.begin >= c->base &&
	    expr->where.end - c->base <= c->pieces->length && piece->size_count < SIZES_MAX)
		piece->sizes[piece->size_count++] =
			(struct size){ expr->where.begin - c->base, expr->where.end - c->base };
}

/* A call that moves as many bytes as it returns. Both numbers are sizes. */
static void look_at_call(struct cutting *c, struct piece *piece, const struct call_node *call)
{
	if (!call->result || call->result->kind != EXPR_NUMBER || call->result->number < 2)
		return;
	for (const struct expr *expr = call->arguments; expr; expr = expr->next) {
		if (expr->kind == EXPR_STRING)
			return;
		if (expr->kind == EXPR_NUMBER && expr->number == call->result->number)
			add_size(c, piece, expr);
	}
	add_size(c, piece, call->result);
	piece->bytes = (uint32_t)call->result->number;
}

/* ---- which connection ---- */

static bool has_flag(const struct packet_node *packet, char flag)
{
	return packet->flags.text && strchr(packet->flags.text, flag);
}

static struct known_connection *find_connection(struct cutting *c, const struct packet_node *packet)
{
	struct known_connection wanted = { -1, -1, 0 };

	if (packet->ports && packet->ports->kind == EXPR_PAIR) {
		const struct expr *from = packet->ports->left, *to = packet->ports->right;

		wanted.kernel = packet->inbound ? to->number : from->number;
		wanted.peer = packet->inbound ? from->number : to->number;
	}
	for (size_t i = 0; i < c->connection_count; i++)
		if (c->connections[i].kernel == wanted.kernel &&
		    c->connections[i].peer == wanted.peer)
			return &c->connections[i];
	if (c->connection_count == CONNECTIONS_MAX)
		return &c->connections[0];
	c->connections[c->connection_count] = wanted;
	return &c->connections[c->connection_count++];
}

static void look_at_packet(struct cutting *c, struct piece *piece, const struct packet_node *packet)
{
	const struct expr *sequence = packet->sequence;
	struct known_connection *connection = find_connection(c, packet);
	bool pair = sequence && sequence->kind == EXPR_PAIR &&
	            sequence->left->kind == EXPR_NUMBER && sequence->right->kind == EXPR_NUMBER;

	piece->packet = true;
	piece->space = packet->inbound ? THEIRS : OURS;
	if (has_flag(packet, 'S') && !has_flag(packet, '.') && pair && sequence->left->number == 0)
		connection->begun++;
	piece->connection =
		(unsigned)(connection - c->connections) + connection->begun * CONNECTIONS_MAX;
	if (pair && !packet->absolute && has_flag(packet, 'S') && !has_flag(packet, '.'))
		piece->begins_at = (uint32_t)sequence->left->number;
	if (pair && !packet->absolute && !has_flag(packet, 'S') && !has_flag(packet, 'R')) {
		piece->from = (uint32_t)sequence->left->number;
		piece->to = (uint32_t)sequence->right->number + has_flag(packet, 'F');
		piece->has_bytes = piece->to > piece->from;
		piece->bytes = (uint32_t)(sequence->right->number - sequence->left->number);
		if (!packet->payload)
			add_size(c, piece, packet->length);
	}
	for (; packet; packet = packet->alternative)
		add_packet_numbers(c, piece, packet);
}

/* ---- cutting ---- */

static struct piece *add_piece(struct cutting *c, uint32_t begin, uint32_t end)
{
	struct pieces *pieces = c->pieces;

	pieces->list =
		arena_grown(c->arena, pieces->list, pieces->count, &c->room, sizeof(*pieces->list));
	struct piece *piece = &pieces->list[pieces->count++];
	*piece = (struct piece){ .begin = begin, .end = end };
	return piece;
}

static uint32_t line_end(const struct pieces *pieces, uint32_t at)
{
	const char *newline = memchr(pieces->text + at, '\n', pieces->length - at);

	return newline ? (uint32_t)(newline - pieces->text) + 1 : (uint32_t)pieces->length;
}

/* A line without an event: it is blank, or a comment. */
static bool says_nothing(const struct pieces *pieces, uint32_t at)
{
	const char *text = pieces->text + at;

	text += strspn(text, " \t\r");
	return *text == '\n' || *text == '\0' || !strncmp(text, "//", 2);
}

/* The event that begins in a line of the text that is cut; NULL when none does. */
static const struct event_node *event_in(const struct cutting *c, const struct event_node **next,
                                         uint32_t begin, uint32_t end)
{
	for (; *next; *next = (*next)->next) {
		uint32_t at =
			(*next)->when.where.end ? (*next)->when.where.begin : (*next)->where.begin;

		if (at < c->base || at - c->base >= c->pieces->length)
			continue; /* it is in a text within this one */
		if (at - c->base >= end)
			return NULL;
		if (at - c->base >= begin)
			return *next;
	}
	return NULL;
}

/* Comments and blank lines belong to what follows them. Those at the head of the file stay. */
static void cut_lines(struct cutting *c, const struct event_node *events)
{
	struct pieces *pieces = c->pieces;
	uint32_t begin = 0, at = 0;

	while (at < pieces->length && says_nothing(pieces, at))
		at = line_end(pieces, at);
	if (at)
		add_piece(c, 0, at)->fixed = true;
	for (begin = at; at < pieces->length;) {
		uint32_t end = line_end(pieces, at);
		const struct event_node *event = event_in(c, &events, at, end);

		if (!event && says_nothing(pieces, at) && end < pieces->length) {
			at = end;
			continue;
		}
		if (event && event->where.end - c->base > end &&
		    event->where.end - c->base <= pieces->length)
			end = line_end(pieces, event->where.end - c->base - 1);
		struct piece *piece = add_piece(c, begin, end);
		for (; event; events = event->next, event = event_in(c, &events, at, end))
			if (event->form == FORM_PACKET)
				look_at_packet(c, piece, event->packet);
			else if (event->form == FORM_CALL)
				look_at_call(c, piece, event->call);
		begin = at = end;
	}
}

const char *pieces_cut(struct pieces *pieces, struct arena *arena, const char *path,
                       const char *text, const struct defines *given)
{
	struct cutting cutting = { .pieces = pieces, .arena = arena };
	struct sources *sources = sources_new(arena);
	struct diag *diag = diag_new(arena, sources);
	struct defines defines = *given;
	struct case_table table = { 0 };
	struct script *script;

	*pieces = (struct pieces){ .text = text, .length = strlen(text) };
	const struct source_text *source = sources_add(sources, path, text, pieces->length);
	if (!source)
		return "it is too large";
	if (cases_read(source, arena, diag, &table) && table.row_count)
		cases_define(&table, 0, arena, &defines);
	parse_script(arena, sources, source, &defines, diag, &script);
	if (diag_error_count(diag))
		return "it has errors";
	cutting.base = source->base;
	cut_lines(&cutting, script->events);
	return NULL;
}

/* ---- putting together ---- */

/* Of a segment that was reduced, the first byte is left, and its FIN. */
static bool is_left(const struct piece *piece, enum fate fate, uint32_t at)
{
	return fate == PIECE_KEPT ||
	       (fate == PIECE_SHRUNK && (at == piece->from || at >= piece->from + piece->bytes));
}

static bool covers(const struct pieces *pieces, const enum fate *fates, bool left,
                   const struct number *number, uint32_t at)
{
	for (size_t i = 0; i < pieces->count; i++) {
		const struct piece *piece = &pieces->list[i];

		if (piece->has_bytes && piece->space == number->space &&
		    piece->connection == number->connection && piece->from <= at &&
		    at < piece->to && is_left(piece, fates[i], at) == left)
			return true;
	}
	return false;
}

/* The next place above `at` where a segment, or what may be left of one, begins or ends. */
static uint32_t next_border(const struct pieces *pieces, const struct number *number, uint32_t at)
{
	uint32_t next = UINT32_MAX;

	for (size_t i = 0; i < pieces->count; i++) {
		const struct piece *piece = &pieces->list[i];

		if (!piece->has_bytes || piece->space != number->space ||
		    piece->connection != number->connection)
			continue;
		const uint32_t borders[] = { piece->from, piece->from + 1,
			                     piece->from + piece->bytes, piece->to };
		for (size_t b = 0; b < sizeof(borders) / sizeof(borders[0]); b++)
			if (borders[b] > at && borders[b] < next)
				next = borders[b];
	}
	return next;
}

static bool any_left_before(const struct pieces *pieces, const enum fate *fates, size_t which)
{
	const struct piece *piece = &pieces->list[which];

	for (size_t i = 0; i < which; i++) {
		const struct piece *other = &pieces->list[i];

		if (fates[i] != PIECE_GONE && other->packet && other->space == piece->space &&
		    other->connection == piece->connection)
			return true;
	}
	return false;
}

/*
 * A socket that connects again counts on from its last connection. When nothing of that is left,
 * its SYN is the first one, and has the number 0.
 */
static uint32_t begun_at(const struct pieces *pieces, const enum fate *fates,
                         const struct number *number)
{
	for (size_t i = 0; i < pieces->count; i++) {
		const struct piece *piece = &pieces->list[i];

		if (fates[i] != PIECE_GONE && piece->begins_at && piece->space == number->space &&
		    piece->connection == number->connection && piece->begins_at <= number->value)
			return any_left_before(pieces, fates, i) ? 0 : piece->begins_at;
	}
	return 0;
}

/* How many bytes below a number belonged only to pieces that are gone. */
static uint32_t gone_below(const struct pieces *pieces, const enum fate *fates,
                           const struct number *number)
{
	const uint32_t begun = begun_at(pieces, fates, number);
	uint32_t gone = begun;

	for (uint32_t at = begun; at < number->value;) {
		uint32_t next = next_border(pieces, number, at);

		if (next > number->value)
			next = number->value;
		if (covers(pieces, fates, false, number, at) &&
		    !covers(pieces, fates, true, number, at))
			gone += next - at;
		at = next;
	}
	return gone;
}

/* A place in the text where something else will be written. */
struct change {
	uint32_t begin, end, value;
};

static int by_place(const void *a, const void *b)
{
	const struct change *x = a, *y = b;

	return x->begin < y->begin ? -1 : x->begin > y->begin;
}

static size_t find_changes(const struct pieces *pieces, const enum fate *fates, size_t which,
                           struct change changes[NUMBERS_MAX + SIZES_MAX])
{
	const struct piece *piece = &pieces->list[which];
	size_t count = 0;

	for (size_t i = 0; i < piece->number_count; i++) {
		const struct number *number = &piece->numbers[i];

		changes[count++] =
			(struct change){ number->begin, number->end,
			                 number->value - gone_below(pieces, fates, number) };
	}
	for (size_t i = 0; fates[which] == PIECE_SHRUNK && i < piece->size_count; i++)
		changes[count++] = (struct change){ piece->sizes[i].begin, piece->sizes[i].end, 1 };
	qsort(changes, count, sizeof(*changes), by_place);
	return count;
}

static void put_piece(const struct pieces *pieces, const enum fate *fates, size_t which, FILE *out)
{
	struct change changes[NUMBERS_MAX + SIZES_MAX];
	size_t count = find_changes(pieces, fates, which, changes);
	uint32_t at = pieces->list[which].begin;

	for (size_t i = 0; i < count; i++) {
		fwrite(pieces->text + at, 1, changes[i].begin - at, out);
		fprintf(out, "%u", changes[i].value);
		at = changes[i].end;
	}
	fwrite(pieces->text + at, 1, pieces->list[which].end - at, out);
}

const char *pieces_text(const struct pieces *pieces, const enum fate *fates, struct arena *arena,
                        uint32_t *begins)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);

	if (!out)
		return "";
	for (size_t i = 0; i < pieces->count; i++) {
		fflush(out);
		begins[i] = (uint32_t)length;
		if (fates[i] != PIECE_GONE)
			put_piece(pieces, fates, i, out);
	}
	fclose(out);
	const char *copy = arena_strndup(arena, text, length);
	free(text);
	return copy;
}

size_t pieces_at(const struct pieces *pieces, const enum fate *fates, const uint32_t *begins,
                 uint32_t offset)
{
	size_t at = pieces->count;

	for (size_t i = 0; i < pieces->count; i++)
		if (fates[i] != PIECE_GONE && begins[i] <= offset)
			at = i;
	return at;
}

/* ---- shrinking ---- */

/* The call near a segment that moves as many bytes; pieces->count when there is none. */
static size_t find_call(const struct pieces *pieces, size_t segment, const enum fate *fates)
{
	const struct piece *piece = &pieces->list[segment];
	size_t step = piece->space == OURS ? (size_t)-1 : 1;

	for (size_t i = segment + step; i < pieces->count; i += step) {
		const struct piece *call = &pieces->list[i];

		if (fates[i] == PIECE_KEPT && !call->packet && call->bytes == piece->bytes)
			return i;
	}
	return pieces->count;
}

bool pieces_shrink(const struct pieces *pieces, size_t which, enum fate *fates)
{
	const struct piece *piece = &pieces->list[which];

	if (fates[which] != PIECE_KEPT || !piece->has_bytes || piece->bytes < 2 ||
	    !piece->size_count)
		return false;
	size_t call = find_call(pieces, which, fates);
	if (call < pieces->count)
		fates[call] = PIECE_SHRUNK;
	for (size_t i = 0; i < pieces->count; i++) {
		const struct piece *other = &pieces->list[i];

		if (fates[i] == PIECE_KEPT && other->has_bytes && other->space == piece->space &&
		    other->connection == piece->connection && other->from == piece->from &&
		    other->bytes == piece->bytes)
			fates[i] = PIECE_SHRUNK;
	}
	return true;
}
