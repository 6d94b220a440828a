/* ICMP messages: their type and code, and what they quote. */
#include "program/compile_icmp.h"

#include <netinet/in.h>
#include <string.h>

#include "base/suggest.h"
#include "program/compile_value.h"
#include "script/foreign.h"
#include "wire/icmp.h"

/* A word of the other family has a counterpart in this one. Any other word may be a slip. */
static void hint_icmp(struct compiling *c, const struct suggestion *near)
{
	bool v6 = c->settings->ip_version == IP_V6;
	const char *counterpart =
		icmp_counterpart(v6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP, near->wanted);

	if (counterpart)
		diag_hint(c->diag, "that is IPv%c's; in IPv%c it is: icmp %s", v6 ? '4' : '6',
		          v6 ? '6' : '4', counterpart);
	else if (near->best)
		diag_hint(c->diag, "did you mean %s?", near->best);
}

static bool icmp_names(struct compiling *c, const struct packet_node *node,
                       struct packet_build *build)
{
	uint8_t protocol = build->want->segment.protocol;
	struct icmp_header *icmp = &build->want->segment.icmp;
	struct suggestion near = { .wanted = node->icmp_type.text };

	packet_name_field(build, FIELD_ICMP_TYPE, node->icmp_type.where);
	if (!icmp_type_parse(protocol, node->icmp_type.text, &icmp->type)) {
		for (size_t i = 0; icmp_type_listed(protocol, i); i++)
			suggest_offer(&near, icmp_type_listed(protocol, i));
		diag_error(c->diag, node->icmp_type.where, "unknown ICMP type '%s' for %s",
		           node->icmp_type.text, ip_version_name(c->settings->ip_version));
		hint_icmp(c, &near);
		return false;
	}
	build->want->check |= BIT(FIELD_ICMP_CODE);
	if (!node->icmp_code.text)
		return true;
	build->where[FIELD_ICMP_CODE] = node->icmp_code.where;
	near = (struct suggestion){ .wanted = node->icmp_code.text };
	if (!icmp_code_parse(protocol, icmp->type, node->icmp_code.text, &icmp->code)) {
		for (size_t i = 0; icmp_code_listed(protocol, icmp->type, i); i++)
			suggest_offer(&near, icmp_code_listed(protocol, icmp->type, i));
		diag_error(c->diag, node->icmp_code.where, "unknown ICMP code '%s' for %s",
		           node->icmp_code.text, node->icmp_type.text);
		hint_icmp(c, &near);
		return false;
	}
	return true;
}

static bool icmp_attribute(struct compiling *c, const struct expr *attribute,
                           struct packet_build *build)
{
	struct icmp_header *icmp = &build->want->segment.icmp;
	const char *name = attribute->left->text;
	enum icmp_rest rest =
		icmp_rest_meaning(build->want->segment.protocol, icmp->type, icmp->code);
	bool mtu = !strcmp(name, "mtu"), id = !strcmp(name, "id");
	int64_t number;

	if (!mtu && !id) {
		diag_error(c->diag, attribute->left->where, "unknown field '%s' of the ICMP header",
		           name);
		diag_hint(c->diag, "there are mtu and id");
		return false;
	}
	if (rest != (mtu ? ICMP_REST_MTU : ICMP_REST_ID)) {
		diag_error(c->diag, attribute->where, "this ICMP message has no %s", name);
		return false;
	}
	bool wide = mtu && build->want->segment.protocol == IPPROTO_ICMPV6;
	if (!compile_number(c, attribute->right, name, 0, wide ? UINT32_MAX : 65535, &number))
		return false;
	icmp->rest = id ? (uint32_t)number << 16 : (uint32_t)number;
	packet_name_field(build, FIELD_ICMP_REST, attribute->where);
	return true;
}

/* [1:1001(1000)], [udp (10)], [raw (100)] */
static bool icmp_quote(struct compiling *c, const struct expr *quote, struct packet_build *build)
{
	struct icmp_quote *q = &build->want->segment.icmp.quote;
	bool tcp = !strcmp(quote->text, "tcp");

	if (quote->kind == EXPR_WORD) {
		diag_error(c->diag, quote->where, "%s", foreign_reason(quote->text));
		return false;
	}
	const struct expr *length = tcp ? quote->items->next : quote->items;
	int64_t bytes, first = 0;

	if (!strcmp(quote->text, "icmp")) {
		diag_error(c->diag, quote->where, "an ICMP message quotes TCP, UDP or raw bytes");
		return false;
	}
	if (!compile_number(c, length, "the length", 0, 65535, &bytes))
		return false;
	if (tcp && quote->items->kind != EXPR_PAIR) {
		diag_error(c->diag, quote->items->where,
		           "the sequence number of a quote cannot be open");
		return false;
	}
	if (tcp && !packet_span(c, quote->items, length, bytes, &first))
		return false;
	q->protocol = tcp ? IPPROTO_TCP : !strcmp(quote->text, "udp") ? IPPROTO_UDP : IPPROTO_RAW;
	q->sequence = (uint32_t)first;
	q->payload_length = (uint16_t)bytes;
	build->where[FIELD_ICMP_QUOTE] = quote->where;
	return true;
}

bool compile_icmp(struct compiling *c, const struct packet_node *node, struct packet_build *build)
{
	bool good;

	build->want->segment.protocol =
		c->settings->ip_version == IP_V6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP;
	good = icmp_names(c, node, build);
	for (const struct expr *a = node->attributes; good && a; a = a->next)
		good = icmp_attribute(c, a, build);
	if (good && node->quote)
		good = icmp_quote(c, node->quote, build);
	else if (icmp_is_error(build->want->segment.protocol, build->want->segment.icmp.type))
		build->want->segment.icmp.quote.protocol = IPPROTO_TCP;
	return good;
}
