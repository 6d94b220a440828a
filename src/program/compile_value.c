/*
 * Expressions to values. A record is resolved by the names of its fields: they belong to a layout of
 * records.c, to a sockaddr, or to one of the structures with lists in them (msghdr, cmsghdr, iovec),
 * which are kept by name for the call to put together.
 */
#include "program/compiling.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <string.h>

#include "base/suggest.h"
#include "program/records.h"
#include "program/symbols.h"
#include "wire/address.h"

void report_unknown_symbol(struct compiling *c, const struct expr *expr)
{
	struct suggestion near = { .wanted = expr->text };
	diag_error(c->diag, expr->where, "unknown constant '%s'", expr->text);
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
	value->length = length;
	return true;
}

/* htons(N), htonl(N), inet_addr("A"), inet6_addr("A") */
static bool value_call(struct compiling *c, const struct expr *expr, struct value *value)
{
	const struct expr *argument = expr->items;
	struct value inner = { 0 };
	struct ip_address address;
	bool is_htons = strcmp(expr->text, "htons") == 0, is_htonl = strcmp(expr->text, "htonl") == 0;
	bool is_v4 = strcmp(expr->text, "inet_addr") == 0, is_v6 = strcmp(expr->text, "inet6_addr") == 0;

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
		value->number = is_htons ? htons((uint16_t)inner.number) : htonl((uint32_t)inner.number);
		return true;
	}
	if ((is_v4 || is_v6) && inner.kind == VALUE_BYTES && ip_address_parse(inner.bytes, &address) &&
	    address.family == (is_v4 ? AF_INET : AF_INET6))
		return value_bytes(value, arena_memdup(c->arena, address.bytes, sizeof address.bytes),
		                   is_v4 ? 4 : 16);
	diag_error(c->diag, argument->where, "%s wants %s", expr->text,
	           is_v4 ? "an IPv4 address in quotes" : is_v6 ? "an IPv6 address in quotes" : "a number");
	return false;
}

static bool value_items(struct compiling *c, const struct expr *items, struct value *value)
{
	bool good = true;
	size_t count = 0;
	for (const struct expr *item = items; item; item = item->next)
		count++;
	value->items = arena_alloc(c->arena, (count + 1) * sizeof *value->items);
	value->count = count;
	count = 0;
	for (const struct expr *item = items; item; item = item->next)
		good &= compile_value(c, item, &value->items[count++]);
	return good;
}

/* ---- records ---- */

static const char *field_name(const struct expr *field)
{
	return field->kind != EXPR_FIELD ? NULL : field->left->text;
}

static bool value_sockaddr(struct compiling *c, const struct expr *expr, struct value *value)
{
	struct value family = { 0 }, port = { 0 }, address = { 0 };
	for (const struct expr *field = expr->items; field; field = field->next) {
		const char *name = field_name(field);
		struct value *into = !name ? NULL : strcmp(name, "sa_family") == 0 ? &family :
			strcmp(name, "sin_port") == 0 || strcmp(name, "sin6_port") == 0 ? &port :
			strcmp(name, "sin_addr") == 0 || strcmp(name, "sin6_addr") == 0 ? &address : NULL;
		if (!into) {
			diag_error(c->diag, field->where, "a socket address has sa_family, sin_port and sin_addr");
			return false;
		}
		const char *text = field->right->kind == EXPR_CALL && field->right->items
			? field->right->items->text : NULL;
		struct ip_address parsed;
		/* inet_addr("2001:db8::1") is packetdrill's way to write an AF_INET6 address. */
		if (into == &address && text && ip_address_parse(text, &parsed))
			value_bytes(into, arena_memdup(c->arena, parsed.bytes, 16),
			            parsed.family == AF_INET ? 4 : 16);
		else if (!compile_value(c, field->right, into))
			return false;
	}
	struct sockaddr_storage storage = { 0 };
	struct ip_address ip = { .family = address.length == 16 ? AF_INET6 : AF_INET };
	if (family.number != AF_INET && family.number != AF_INET6) {
		diag_error(c->diag, expr->where, "the family must be AF_INET or AF_INET6");
		return false;
	}
	if (address.kind == VALUE_BYTES && ip.family != family.number) {
		diag_error(c->diag, address.where.end ? address.where : expr->where,
		           "the address is not of that family");
		return false;
	}
	ip.family = (sa_family_t)family.number;
	if (address.kind == VALUE_BYTES)
		memcpy(ip.bytes, address.bytes, address.length);
	socklen_t length = ip_address_to_sockaddr(&ip, ntohs((uint16_t)port.number), &storage);
	return value_bytes(value, arena_memdup(c->arena, &storage, length), length);
}

static bool record_field(struct compiling *c, const struct expr *field,
                         const struct record_layout *layout, struct value *value)
{
	const char *name = field_name(field);
	value->field = name ? record_field_find(layout, name) : NULL;
	if (!value->field) {
		struct suggestion near = { .wanted = name ? name : "" };
		diag_error(c->diag, field->where, "struct %s has no field '%s'", layout->name,
		           name ? name : "");
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
	if (value->kind != VALUE_NUMBER) {
		diag_error(c->diag, field->right->where, "%s is a number", name);
		return false;
	}
	return true;
}

static bool value_layout(struct compiling *c, const struct expr *expr,
                         const struct record_layout *layout, struct value *value)
{
	bool good = true;
	size_t count = 0;
	for (const struct expr *item = expr->items; item; item = item->next)
		count++;
	value->layout = layout;
	value->items = arena_alloc(c->arena, count * sizeof *value->items);
	for (const struct expr *item = expr->items; item; item = item->next)
		good &= record_field(c, item, layout, &value->items[value->count++]);
	return good;
}

/* { ..., 100 }, and structures with lists in them: the items keep their names. */
static bool value_named(struct compiling *c, const struct expr *expr, struct value *value)
{
	bool good = true;
	size_t count = 0;
	for (const struct expr *item = expr->items; item; item = item->next)
		count++;
	value->items = arena_alloc(c->arena, count * sizeof *value->items);
	for (const struct expr *item = expr->items; item; item = item->next) {
		struct value *into = &value->items[value->count++];
		good &= compile_value(c, item->kind == EXPR_FIELD ? item->right : item, into);
		into->name = field_name(item);
	}
	return good;
}

static bool value_record(struct compiling *c, const struct expr *expr, struct value *value)
{
	static const char *const with_lists[] = { "msg_name", "msg_iov", "msg_flags", "msg_control",
		"cmsg_level", "cmsg_type", "cmsg_data" };
	const char *name = field_name(expr->items);
	value->kind = VALUE_RECORD;
	if (!name)
		return value_named(c, expr, value);
	for (size_t i = 0; i < sizeof with_lists / sizeof *with_lists; i++)
		if (strcmp(with_lists[i], name) == 0)
			return value_named(c, expr, value);
	if (strcmp(name, "sa_family") == 0)
		return value_sockaddr(c, expr, value);
	/* {fd=3, events=...} is poll's, {events=..., fd=3} is epoll's. */
	const struct record_layout *layout = strcmp(name, "fd") == 0 ? record_find("pollfd") :
		strcmp(name, "events") == 0 ? record_find("epoll_event") : record_of_field(name);
	if (layout)
		return value_layout(c, expr, layout, value);
	diag_error(c->diag, expr->items->left->where, "no structure has a field '%s'", name);
	return false;
}

/* ---- all of them ---- */

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

/* WORD = value, in an argument: what is on the right, with its name. */
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
	case EXPR_WORD:   return value_word(c, expr, value);
	case EXPR_STRING: return value_bytes(value, expr->text, expr->length);
	case EXPR_PREFIX:
		value->prefix = true;
		return value_bytes(value, expr->text, expr->length);
	case EXPR_OR:     return value_or(c, expr, value);
	case EXPR_FIELD:  return value_assigned(c, expr, value);
	case EXPR_CALL:   return value_call(c, expr, value);
	case EXPR_LIST:
		value->kind = VALUE_LIST;
		return value_items(c, expr->items, value);
	case EXPR_RECORD: return value_record(c, expr, value);
	case EXPR_STAR:
	case EXPR_FLOAT:
	case EXPR_ADDRESS:
	case EXPR_PAIR:
	case EXPR_KINDS:
		break;
	}
	diag_error(c->diag, expr->where, "this is no value for an argument");
	return false;
}

bool compile_number(struct compiling *c, const struct expr *expr, const char *what, int64_t least,
                    int64_t most, int64_t *number)
{
	struct value value;
	if (!compile_value(c, expr, &value))
		return false;
	if (value.kind != VALUE_NUMBER) {
		diag_error(c->diag, expr->where, "%s is a number", what);
		return false;
	}
	if (value.number < least || value.number > most) {
		diag_error(c->diag, expr->where, "%s %" PRId64 " is out of range (%" PRId64 " to %" PRId64 ")",
		           what, value.number, least, most);
		return false;
	}
	*number = value.number;
	return true;
}
