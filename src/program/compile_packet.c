/* Packets: makes numbers in a header of the words of a '<' or '>' line. */
#include "program/compile_packet.h"

#include <string.h>

#include "program/compile_icmp.h"
#include "program/compile_ip.h"
#include "program/compile_outer.h"
#include "program/compile_tcp.h"
#include "program/compile_value.h"
#include "program/packet_parts.h"

static bool compile_ports(struct compiling *c, const struct expr *ports, struct packet_build *build)
{
	struct packet_want *want = build->want;
	int64_t source, destination;

	if (!compile_number(c, ports->left, "the source port", 0, 65535, &source) ||
	    !compile_number(c, ports->right, "the destination port", 0, 65535, &destination))
		return false;
	want->has_ports = true;
	packet_name_field(build, FIELD_PORTS, ports->where);
	/* TCP and UDP headers begin with the same fields. */
	want->segment.tcp.source = (uint16_t)source;
	want->segment.tcp.destination = (uint16_t)destination;
	return true;
}

static bool compile_udp(struct compiling *c, const struct packet_node *node,
                        struct packet_build *build)
{
	struct packet_want *want = build->want;
	int64_t length;

	want->segment.protocol = IPPROTO_UDP;
	if (!compile_number(c, node->length, "the payload length", 0, 65507, &length))
		return false;
	want->segment.payload_length = (uint32_t)length;
	want->segment.udp.length = (uint16_t)(length + 8);
	build->where[FIELD_LENGTH] = build->where[FIELD_UDP_LENGTH] = node->length->where;
	want->check |= BIT(FIELD_LENGTH) | BIT(FIELD_UDP_LENGTH) | BIT(FIELD_PAYLOAD);
	return true;
}

/* Copies what was gathered of the packet into as little memory as it needs. */
static void pack(struct compiling *c, struct packet_build *build)
{
	struct packet_want *want = build->want;
	size_t count = 0;

	for (int field = 0; field < PACKET_FIELDS; field++) {
		if (!build->where[field].end)
			continue;
		want->written |= BIT(field);
		build->where[count++] = build->where[field];
	}
	want->where = arena_memdup(c->arena, build->where, count * sizeof(*build->where));
	if (build->options.length)
		want->options = arena_memdup(c->arena, &build->options, sizeof(build->options));
}

static bool compile_protocol(struct compiling *c, const struct packet_node *node,
                             struct packet_build *build)
{
	const char *protocol = node->flags.text;

	switch (node->protocol) {
	case PACKET_TCP:
		return compile_tcp(c, node, build);
	case PACKET_UDP:
		if (!strcmp(protocol, "udp"))
			return compile_udp(c, node, build);
		diag_error(c->diag, node->flags.where, "only udp is written with a length alone");
		return false;
	case PACKET_ICMP:
		if (!strcmp(protocol, "icmp"))
			return compile_icmp(c, node, build);
		diag_error(c->diag, node->flags.where, "only icmp has a type");
		return false;
	}
	return false;
}

static struct packet_want *compile_one(struct compiling *c, const struct packet_node *written)
{
	struct packet_want *want = arena_alloc(c->arena, sizeof(*want));
	struct packet_build build = { .want = want };
	struct packet_node as_seen = *written;
	const struct packet_node *node = &as_seen;

	/* What a real peer sends is looked at, and not made. */
	want->from_peer = written->inbound && c->settings->real_peer;
	as_seen.inbound &= !c->settings->real_peer;
	bool good = compile_outer(c, node, want);

	if (node->outer)
		build.where[FIELD_ENCAPSULATION] = node->outer->where;
	want->check = BIT(FIELD_PROTOCOL);
	for (const struct expr *item = node->ip; item; item = item->next)
		good &= compile_ip_item(c, item, node->inbound, &build);
	if (node->ports)
		good &= compile_ports(c, node->ports, &build);
	good &= compile_protocol(c, node, &build);
	pack(c, &build);
	return good ? want : NULL;
}

static bool compile_modifier(struct compiling *c, const struct packet_node *node,
                             struct packet_want *want)
{
	if (!node->modifier.text)
		return true;
	if (strcmp(node->modifier.text, "maybe")) {
		diag_error(c->diag, node->modifier.where, "unknown word '%s' before a packet",
		           node->modifier.text);
		diag_hint(c->diag, "maybe > ... is a packet that may come or not");
		return false;
	}
	bool injected = node->inbound && !c->settings->real_peer;
	if (injected)
		diag_error(c->diag, node->modifier.where,
		           "maybe is for packets that the kernel sends");
	want->optional = true;
	return !injected;
}

struct packet_want *compile_packet(struct compiling *c, const struct packet_node *node)
{
	struct packet_want *want = compile_one(c, node), *last = want;
	bool good = want && compile_modifier(c, node, want);

	for (const struct packet_node *other = node->alternative; other;
	     other = other->alternative) {
		struct packet_want *next = compile_one(c, other);

		bool injected = (node->inbound || other->inbound) && !c->settings->real_peer;

		if (injected)
			diag_error(c->diag, other->flags.where,
			           "or is for packets that the kernel sends");
		if (!injected && node->inbound != other->inbound)
			diag_error(
				c->diag, other->flags.where,
				"a line is about one end: both sides of an or have the same sign");
		good = good && next && !injected && node->inbound == other->inbound;
		if (good) {
			last->alternative = next;
			last = next;
		}
	}
	return good ? want : NULL;
}
