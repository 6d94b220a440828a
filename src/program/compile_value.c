/*
 * Makes values of expressions. A record is recognized by the names of its fields. It is a layout of
 * records.c, a sockaddr, or one of the structures that contain lists (msghdr, cmsghdr, iovec);
 * these keep their names, and the call puts them together.
 */
#include "program/compile_value.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <string.h>

#include "base/suggest.h"
#include "program/records.h"
#include "program/symbols.h"
#include "script/foreign.h"
#include "wire/address.h"

void report_unknown_symbol(struct compiling *c, const struct expr *expr)
{
	struct suggestion near = { .wanted = expr->text };
	int64_t number;

	if (symbol_find(expr->text, &number)) {
		diag_error(c->diag, expr->where, "the constant %s has no meaning here", expr->text);
		return;
	}
	diag_error(c->diag, expr->where, "unknown constant '%s'", expr->text);
	if (foreign_reason(expr->text)) {
		diag_hint(c->diag, "%s", foreign_reason(expr->text));
		return;
	}
	for (size_t i = 0; symbol_at(i); i++)
		suggest_offer(&near, symbol_at(i));
	if (near.best)
		diag_hint(c->diag, "did you mean %s?", near.best);
}

static bool value_word(struct compiling *c, const struct expr *expr, struct value *value)
{
	value->kind = VALUE_NUMBER;
	value->name = expr->text;
	if (symbol_find(expr->text, &value->number))
		return true;
	report_unknown_symbol(c, expr);
	return false;
}

static bool value_bytes(struct value *value, const char *bytes, size_t length)
{
	value->kind = VALUE_BYTES;
	value->bytes = bytes;
	value->length = (uint32_t)length;
	return true;
}

/* htons(N), htonl(N), inet_addr("A"), inet6_addr("A") */
static bool value_call(struct compiling *c, const struct expr *expr, struct value *value)
{
	const struct expr *argument = expr->items;
	struct value inner = { 0 };
	struct ip_address address;
	bool is_htons = !strcmp(expr->text, "htons"), is_htonl = !strcmp(expr->text, "htonl");
	bool is_v4 = !strcmp(expr->text, "inet_addr"), is_v6 = !strcmp(expr->text, "inet6_addr");

	if (!is_htons && !is_htonl && !is_v4 && !is_v6) {
		diag_error(c->diag, expr->where, "unknown function '%s'", expr->text);
		diag_hint(c->diag, "htons, htonl, inet_addr and inet6_addr can be used here");
		return false;
	}
	if (!argument || argument->next) {
		diag_error(c->diag, expr->where, "%s takes one argument", expr->text);
		return false;
	}
	if (!compile_value(c, argument, &inner))
		return false;
	if ((is_htons || is_htonl) && inner.kind == VALUE_NUMBER) {
		value->kind = VALUE_NUMBER;
		value->number =
			is_htons ? htons((uint16_t)inner.number) : htonl((uint32_t)inner.number);
		return true;
	}
	if ((is_v4 || is_v6) && inner.kind == VALUE_BYTES &&
	    ip_address_parse(inner.bytes, &address) &&
	    address.family == (is_v4 ? AF_INET : AF_INET6))
		return value_bytes(value,
		                   arena_memdup(c->arena, address.bytes, sizeof(address.bytes)),
		                   is_v4 ? 4 : 16);
	diag_error(c->diag, argument->where, "%s wants %s", expr->text,
	           is_v4   ? "an IPv4 address in quotes"
	           : is_v6 ? "an IPv6 address in quotes"
	                   : "a number");
	return false;
}

static bool value_items(struct compiling *c, const struct expr *items, struct value *value)
{
	bool good = true;
	size_t count = 0;

	for (const struct expr *item = items; item; item = item->next)
		count++;
	value->items = arena_alloc(c->arena, (count + 1) * sizeof(*value->items));
	value->count = count;
	count = 0;
	for (const struct expr *item = items; item; item = item->next)
		good &= compile_value(c, item, &value->items[count++]);
	return good;
}

/* ---- records ---- */

/* The name before '=', a word or msg_iov(N); NULL when there is none. */
static const char *field_name(const struct expr *field)
{
	if (field->kind != EXPR_FIELD ||
	    (field->left->kind != EXPR_WORD && field->left->kind != EXPR_CALL))
		return NULL;
	return field->left->text;
}

struct sockaddr_words {
	struct value family, port, address;
};

/*
 * The right address, or one that is written. packetdrill writes an AF_INET6 address as
 * inet_addr("2001:db8::1"), too.
 */
static bool sockaddr_address(struct compiling *c, const struct expr *expr, struct value *value)
{
	const char *text = expr->kind == EXPR_CALL && expr->items && !expr->items->next
	                           ? expr->items->text
	                           : NULL;
	struct ip_address address;

	value->where = expr->where;
	value->kind = VALUE_ANY;
	if (expr->kind == EXPR_ELLIPSIS)
		return true;
	if (text && ip_address_parse(text, &address))
		return value_bytes(value, arena_memdup(c->arena, address.bytes, 16),
		                   address.family == AF_INET ? 4 : 16);
	if (expr->kind != EXPR_CALL) {
		diag_error(c->diag, expr->where, "an address is written inet_addr(\"192.0.2.1\")");
		return false;
	}
	return compile_value(c, expr, value);
}

/* The names in C are accepted, too. */
static bool is_family(const char *name)
{
	return !strcmp(name, "sa_family") || !strcmp(name, "sin_family") ||
	       !strcmp(name, "sin6_family");
}

static bool sockaddr_field(struct compiling *c, const struct expr *field,
                           struct sockaddr_words *words)
{
	const char *name = field_name(field);

	if (name && is_family(name))
		return compile_value(c, field->right, &words->family);
	if (name && (!strcmp(name, "sin_addr") || !strcmp(name, "sin6_addr")))
		return sockaddr_address(c, field->right, &words->address);
	if (!name || (strcmp(name, "sin_port") && strcmp(name, "sin6_port"))) {
		diag_error(c->diag, field->where,
		           "a socket address has sa_family, sin_port and sin_addr");
		return false;
	}
	if (!compile_value(c, field->right, &words->port))
		return false;
	if (words->port.kind == VALUE_ANY)
		return true;
	if (field->right->kind == EXPR_CALL && words->port.kind == VALUE_NUMBER)
		return true;
	diag_error(c->diag, field->right->where, "a port is written htons(8080)");
	return false;
}

static bool value_sockaddr(struct compiling *c, const struct expr *expr, struct value *value)
{
	struct sockaddr_words words = { .family = { .kind = VALUE_ANY } };
	struct sockaddr_storage storage = { 0 };
	bool good = true;

	for (const struct expr *field = expr->items; field; field = field->next)
		good &= sockaddr_field(c, field, &words);
	if (!good)
		return false;
	if (words.family.kind == VALUE_ANY && words.family.where.end)
		words.family.number = c->settings->ip_version == IP_V4 ? AF_INET : AF_INET6;
	if (words.family.number != AF_INET && words.family.number != AF_INET6) {
		diag_error(c->diag, words.family.where, "the family must be AF_INET or AF_INET6");
		return false;
	}
	struct ip_address ip = { .family = (sa_family_t)words.family.number };
	if (words.address.kind == VALUE_BYTES) {
		if (words.address.length != (ip.family == AF_INET6 ? 16u : 4u)) {
			diag_error(c->diag, words.address.where,
			           "the address is not of that family");
			return false;
		}
		memcpy(ip.bytes, words.address.bytes, words.address.length);
	}
	socklen_t length =
		ip_address_to_sockaddr(&ip, ntohs((uint16_t)words.port.number), &storage);
	value->right_address = words.address.kind == VALUE_ANY && words.address.where.end;
	value->right_port = words.port.kind == VALUE_ANY && words.port.where.end;
	return value_bytes(value, arena_memdup(c->arena, &storage, length), length);
}

/* What poll() says may be left open, as a result may: for the model, say. */
static bool is_left_open(const struct value *value, const char *name)
{
	return value->kind == VALUE_ANY && !strcmp(name, "revents");
}

static bool record_field(struct compiling *c, const struct expr *field,
                         const struct record_layout *layout, struct value *value)
{
	const char *name = field_name(field);

	value->field = name ? record_field_find(layout, name) : NULL;
	if (!value->field) {
		struct suggestion near = { .wanted = name ? name : "" };

		if (name)
			diag_error(c->diag, field->left->where, "struct %s has no field '%s'",
			           layout->name, name);
		else
			diag_error(c->diag, field->where, "a field of struct %s is written NAME=N",
			           layout->name);
		for (size_t i = 0; name && i < layout->count; i++)
			suggest_offer(&near, layout->fields[i].name);
		if (near.best)
			diag_hint(c->diag, "did you mean %s?", near.best);
		return false;
	}
	const struct record_field *meaning = value->field;
	if (!compile_value(c, field->right, value))
		return false;
	value->field = meaning;
	value->where = field->where;
	if (meaning->type == FIELD_BYTES && value->kind == VALUE_BYTES &&
	    value->length <= meaning->size)
		return true;
	if (meaning->type == FIELD_BYTES)
		diag_error(c->diag, field->right->where,
		           "%s must be a string or an address of at most %u bytes", name,
		           meaning->size);
	else if (value->kind != VALUE_NUMBER && !is_left_open(value, name))
		diag_error(c->diag, field->right->where, "%s must be a number", name);
	return meaning->type != FIELD_BYTES &&
	       (value->kind == VALUE_NUMBER || is_left_open(value, name));
}

static bool value_layout(struct compiling *c, const struct expr *expr,
                         const struct record_layout *layout, struct value *value)
{
	bool good = true;
	size_t count = 0;

	for (const struct expr *item = expr->items; item; item = item->next)
		count++;
	value->layout = layout;
	value->items = arena_alloc(c->arena, count * sizeof(*value->items));
	for (const struct expr *item = expr->items; item; item = item->next)
		good &= record_field(c, item, layout, &value->items[value->count++]);
	return good;
}

/* Checks the 2 of msg_iov(2)=[...]. */
static bool check_written_count(struct compiling *c, const struct expr *field,
                                const struct value *list)
{
	const struct expr *written = field->kind == EXPR_FIELD && field->left->kind == EXPR_CALL
	                                     ? field->left->items
	                                     : NULL;
	int64_t count;

	if (!written || written->kind == EXPR_ELLIPSIS)
		return true;
	if (!compile_number(c, written, "the number of elements", 0, INT32_MAX, &count))
		return false;
	if (list->kind != VALUE_LIST || count == (int64_t)list->count)
		return true;
	diag_error(c->diag, written->where, "the list has %u element%s, not %" PRId64, list->count,
	           list->count == 1 ? "" : "s", count);
	return false;
}

static const char *const fields_with_lists[] = {
	"msg_name", "msg_iov", "msg_flags", "msg_control", "cmsg_level", "cmsg_type", "cmsg_data",
};

static bool has_list(const char *name)
{
	for (size_t i = 0; i < sizeof(fields_with_lists) / sizeof(*fields_with_lists); i++)
		if (!strcmp(fields_with_lists[i], name))
			return true;
	return false;
}

static bool known_field(struct compiling *c, const struct expr *field, const char *name)
{
	struct suggestion near = { .wanted = name ? name : "" };

	if (!name || has_list(name))
		return true;
	for (size_t i = 0; i < sizeof(fields_with_lists) / sizeof(*fields_with_lists); i++)
		suggest_offer(&near, fields_with_lists[i]);
	diag_error(c->diag, field->left->where, "no structure has a field '%s'", name);
	if (foreign_reason(name))
		diag_hint(c->diag, "%s", foreign_reason(name));
	else if (near.best)
		diag_hint(c->diag, "did you mean %s?", near.best);
	return false;
}

/* { ..., 100 }, and structures that contain lists. The items keep their names. */
static bool value_named(struct compiling *c, const struct expr *expr, struct value *value)
{
	bool good = true;
	size_t count = 0;

	for (const struct expr *item = expr->items; item; item = item->next)
		count++;
	value->items = arena_alloc(c->arena, count * sizeof(*value->items));
	for (const struct expr *item = expr->items; item; item = item->next) {
		struct value *into = &value->items[value->count++];

		good &= compile_value(c, item->kind == EXPR_FIELD ? item->right : item, into);
		into->name = field_name(item);
		good &= known_field(c, item, into->name);
		good = good && check_written_count(c, item, into);
	}
	return good;
}

static bool has_all(const struct record_layout *layout, const struct expr *fields)
{
	for (; fields; fields = fields->next) {
		const char *name = field_name(fields);

		if (!name || !record_field_find(layout, name))
			return false;
	}
	return true;
}

/*
 * Finds the first structure that has all these fields; if none has, the first that has one of them.
 */
static const struct record_layout *layout_of(const struct expr *fields)
{
	const struct record_layout *layout;

	for (size_t i = 0; (layout = record_at(i)); i++)
		if (has_all(layout, fields))
			return layout;
	return record_of_field(field_name(fields));
}

/* {fd=3, isset=1} is that of select, every other one that of poll. */
static const struct record_layout *layout_of_descriptor(const struct expr *record)
{
	const struct record_layout *set = record_find("fd_set");

	return record->items->next && has_all(set, record->items) ? set : record_find("pollfd");
}

static bool value_record(struct compiling *c, const struct expr *expr, struct value *value)
{
	const char *name = field_name(expr->items);

	value->kind = VALUE_RECORD;
	if (!name || has_list(name))
		return value_named(c, expr, value);
	if (is_family(name))
		return value_sockaddr(c, expr, value);
	/* {fd=3, events=...} is that of poll, {events=..., fd=3} that of epoll. */
	const struct record_layout *layout = !strcmp(name, "fd")       ? layout_of_descriptor(expr)
	                                     : !strcmp(name, "events") ? record_find("epoll_event")
	                                                               : layout_of(expr->items);
	return layout ? value_layout(c, expr, layout, value) : known_field(c, expr->items, name);
}

/* ---- all kinds of expressions ---- */

static void report_no_value(struct compiling *c, const struct expr *expr)
{
	if (expr->kind == EXPR_FLOAT)
		diag_error(c->diag, expr->where, "a whole number must stand here");
	else if (expr->kind == EXPR_PAIR)
		diag_error(c->diag, expr->where, "a single number must stand here");
	else if (expr->kind == EXPR_ADDRESS)
		diag_error(c->diag, expr->where, "an address is written inet_addr(\"%s\")",
		           expr->text);
	else
		diag_error(c->diag, expr->where, "'*' cannot stand here");
}

static bool value_or(struct compiling *c, const struct expr *expr, struct value *value)
{
	bool good = true;

	value->kind = VALUE_NUMBER;
	for (const struct expr *item = expr->items; item; item = item->next) {
		struct value part;

		if (!compile_value(c, item, &part)) {
			good = false;
		} else if (part.kind != VALUE_NUMBER) {
			diag_error(c->diag, item->where, "only numbers can be joined with '|'");
			good = false;
		} else {
			value->number |= part.number;
		}
	}
	return good;
}

/* WORD = value as an argument: the value on the right, with its name. */
static bool value_assigned(struct compiling *c, const struct expr *expr, struct value *value)
{
	bool good = compile_value(c, expr->right, value);

	value->name = expr->left->text;
	return good;
}

bool compile_value(struct compiling *c, const struct expr *expr, struct value *value)
{
	*value = (struct value){ .where = expr->where };
	switch (expr->kind) {
	case EXPR_ELLIPSIS:
		value->kind = VALUE_ANY;
		return true;
	case EXPR_NUMBER:
		value->kind = VALUE_NUMBER;
		value->number = expr->number;
		return true;
	case EXPR_WORD:
		return value_word(c, expr, value);
	case EXPR_STRING:
		return value_bytes(value, expr->text, expr->length);
	case EXPR_PREFIX:
		value->prefix = true;
		return value_bytes(value, expr->text, expr->length);
	case EXPR_OR:
		return value_or(c, expr, value);
	case EXPR_FIELD:
		return value_assigned(c, expr, value);
	case EXPR_CALL:
		return value_call(c, expr, value);
	case EXPR_LIST:
		value->kind = VALUE_LIST;
		return value_items(c, expr->items, value);
	case EXPR_RECORD:
		return value_record(c, expr, value);
	case EXPR_STAR:
	case EXPR_FLOAT:
	case EXPR_ABSOLUTE:
	case EXPR_ADDRESS:
	case EXPR_PAIR:
	case EXPR_KINDS:
		break;
	}
	report_no_value(c, expr);
	return false;
}

bool compile_number(struct compiling *c, const struct expr *expr, const char *what, int64_t least,
                    int64_t most, int64_t *number)
{
	struct value value;

	if (!compile_value(c, expr, &value))
		return false;
	if (value.kind != VALUE_NUMBER) {
		diag_error(c->diag, expr->where, "%s must be a number", what);
		return false;
	}
	if (value.number < least || value.number > most) {
		diag_error(c->diag, expr->where,
		           "%s %" PRId64 " is out of range (%" PRId64 " to %" PRId64 ")", what,
		           value.number, least, most);
		return false;
	}
	*number = value.number;
	return true;
}

bool compile_time(struct compiling *c, const struct expr *expr, usec_t *usec)
{
	*usec = expr_usec(expr);
	if (*usec < 0)
		diag_error(c->diag, expr->where, "a time cannot be negative");
	else if (*usec > INT32_MAX * (usec_t)USEC_PER_SEC)
		diag_error(c->diag, expr->where, "the time %s s is too long", expr->text);
	else
		return true;
	*usec = 0;
	return false;
}
