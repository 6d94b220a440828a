/* Packets: the words of a '<' or '>' line to numbers in a header. */
#include "program/compiling.h"

#include <inttypes.h>
#include <netinet/in.h>
#include <string.h>

#include "base/suggest.h"

void name_field(struct compiling *c, struct packet_want *want, enum packet_field field,
                struct range where)
{
	c->where[field] = where;
	want->check |= BIT(field);
}

/* ---- flags ---- */

static const struct {
	char letter;
	uint16_t flag;
} flag_letters[] = {
	{ 'F', TCP_FIN }, { 'S', TCP_SYN }, { 'R', TCP_RST }, { 'P', TCP_PSH }, { '.', TCP_ACK },
	{ 'U', TCP_URG }, { 'E', TCP_ECE }, { 'W', TCP_CWR }, { 'A', TCP_AE },
};

bool packet_flags_are(const char *word)
{
	char letters[sizeof(flag_letters) / sizeof(*flag_letters) + 1] = "";

	for (size_t i = 0; i < sizeof(flag_letters) / sizeof(*flag_letters); i++)
		letters[i] = flag_letters[i].letter;
	return *word && !word[strspn(word, letters)];
}

static bool compile_flags(struct compiling *c, const struct word *word, struct packet_want *want)
{
	uint16_t flags = 0;
	bool ace = false;

	name_field(c, want, FIELD_FLAGS, word->where);
	for (const char *p = word->text; *p; p++) {
		size_t i = 0;

		if (*p == '-' && !strcmp(word->text, "-"))
			break;
		if (*p >= '0' && *p <= '7' && !ace) {
			want->ace = (uint8_t)(*p - '0');
			ace = true;
			continue;
		}
		while (i < sizeof(flag_letters) / sizeof(*flag_letters) &&
		       flag_letters[i].letter != *p)
			i++;
		if (i == sizeof(flag_letters) / sizeof(*flag_letters)) {
			diag_error(c->diag, word->where, "'%c' is no TCP flag", *p);
			diag_hint(c->diag, "the flags are F S R P . U E W A, and - for none");
			return false;
		}
		if (flags & flag_letters[i].flag) {
			diag_error(c->diag, word->where, "the flag '%c' is written twice", *p);
			return false;
		}
		flags |= flag_letters[i].flag;
	}
	if (ace && flags & (TCP_ECE | TCP_CWR | TCP_AE)) {
		diag_error(c->diag, word->where, "an ACE count and ECN flags exclude each other");
		return false;
	}
	/* packetdrill takes .0 for "no ACE": the three bits are then compared as flags. */
	if (ace && want->ace) {
		name_field(c, want, FIELD_ACE, word->where);
		flags |= (want->ace & 4 ? TCP_AE : 0) | (want->ace & 2 ? TCP_CWR : 0) |
		         (want->ace & 1 ? TCP_ECE : 0);
	}
	want->segment.tcp.flags = flags;
	return true;
}

/* ---- ports, sequence numbers, attributes ---- */

static bool compile_ports(struct compiling *c, const struct expr *ports, struct packet_want *want)
{
	int64_t source, destination;

	if (!compile_number(c, ports->left, "the source port", 0, 65535, &source) ||
	    !compile_number(c, ports->right, "the destination port", 0, 65535, &destination))
		return false;
	want->has_ports = true;
	name_field(c, want, FIELD_PORTS, ports->where);
	/* TCP and UDP headers begin alike. */
	want->segment.tcp.source = (uint16_t)source;
	want->segment.tcp.destination = (uint16_t)destination;
	return true;
}

/* 1:1001(1000): the numbers must fit each other, but where the length is open. */
bool compile_span(struct compiling *c, const struct expr *sequence, const struct expr *length,
                  int64_t bytes, int64_t *first)
{
	int64_t end = 0;

	if (!compile_number(c, sequence->left, "the sequence number", 0, UINT32_MAX, first) ||
	    !compile_number(c, sequence->right, "the sequence number", 0, UINT32_MAX, &end))
		return false;
	uint32_t reached = (uint32_t)(*first + bytes);
	if (length->kind == EXPR_STAR || reached == (uint32_t)end)
		return true;
	diag_error(c->diag, (struct range){ sequence->where.begin, length->where.end + 1 },
	           "a segment from %" PRId64 " with %" PRId64 " bytes ends at %" PRIu32
	           ", not at %" PRId64,
	           *first, bytes, reached, end);
	diag_hint(c->diag, "SYN and FIN are not counted here");
	return false;
}

static bool compile_sequence(struct compiling *c, const struct packet_node *node,
                             struct packet_want *want)
{
	int64_t first = 0, length = 0;
	bool open = node->sequence->kind == EXPR_STAR,
	     open_length = node->length->kind == EXPR_STAR;

	if ((open || open_length) && node->inbound) {
		diag_error(c->diag, node->sequence->where,
		           "'*' is for segments that the kernel sends");
		return false;
	}
	c->where[FIELD_SEQUENCE] = node->sequence->where;
	c->where[FIELD_LENGTH] = node->length->where;
	if (!open_length &&
	    !compile_number(c, node->length, "the payload length", 0, 65535, &length))
		return false;
	want->segment.payload_length = (uint32_t)length;
	if (!open_length)
		want->check |= BIT(FIELD_LENGTH);
	if (open)
		return true;
	if (!compile_span(c, node->sequence, node->length, length, &first))
		return false;
	want->check |= BIT(FIELD_SEQUENCE);
	want->segment.tcp.sequence = (uint32_t)first;
	want->absolute_sequence = node->absolute;
	return true;
}

static bool compile_attribute(struct compiling *c, const struct expr *attribute, bool inbound,
                              struct packet_want *want)
{
	static const struct {
		const char *name;
		enum packet_field field;
		int64_t most;
	} rows[] = {
		{ "ack", FIELD_ACKNOWLEDGMENT, UINT32_MAX },
		{ "win", FIELD_WINDOW, 65535 },
		{ "urg", FIELD_URGENT, 65535 },
	};
	const struct expr *word = attribute->left;
	struct suggestion near = { .wanted = word->text };
	size_t i = 0;
	int64_t number = 0;

	while (i < 3 && strcmp(rows[i].name, word->text))
		suggest_offer(&near, rows[i++].name);
	if (i == 3) {
		diag_error(c->diag, word->where, "unknown field '%s' of the TCP header",
		           word->text);
		diag_hint(c->diag, near.best ? "did you mean %s?" : "there are ack, win and urg",
		          near.best);
		return false;
	}
	if (c->where[rows[i].field].end) {
		diag_error(c->diag, attribute->where, "%s is written twice", rows[i].name);
		return false;
	}
	c->where[rows[i].field] = attribute->where;
	want->check &= ~BIT(rows[i].field);
	if (attribute->right->kind == EXPR_STAR) {
		if (inbound)
			diag_error(c->diag, attribute->right->where,
			           "'*' is for segments that the kernel sends");
		return !inbound;
	}
	if (!compile_number(c, attribute->right, rows[i].name, 0, rows[i].most, &number))
		return false;
	want->check |= BIT(rows[i].field);
	if (rows[i].field == FIELD_ACKNOWLEDGMENT)
		want->segment.tcp.acknowledgment = (uint32_t)number;
	else if (rows[i].field == FIELD_WINDOW)
		want->segment.tcp.window = (uint16_t)number;
	else
		want->segment.tcp.urgent = (uint16_t)number;
	return true;
}

/* ---- TCP options ---- */

enum { OPTION_WORDS_MAX = 16 };

static bool option_word(const struct expr *expr, struct tcp_option_word *word)
{
	*word = (struct tcp_option_word){ .text = expr->text };
	if (expr->kind == EXPR_STAR) {
		word->kind = OPTION_ANY;
	} else if (expr->kind == EXPR_NUMBER || expr->kind == EXPR_ABSOLUTE) {
		word->kind = OPTION_NUMBER;
		word->number = expr->number;
	} else if (expr->kind == EXPR_PAIR) {
		word->kind = OPTION_PAIR;
		word->number = expr->left->number;
		word->second = expr->right->number;
	} else {
		word->kind = OPTION_TEXT;
	}
	return true;
}

/* "md5 valid" needs a key. False, with the message, when there is none. */
static bool md5_is_valid(struct compiling *c, const struct expr *option, const struct expr *word,
                         bool *valid)
{
	if (strcmp(option->text, "md5") || word->kind != EXPR_WORD || strcmp(word->text, "valid"))
		return true;
	*valid = true;
	if (c->settings->md5_secret)
		return true;
	diag_error(c->diag, word->where, "no key is known that this could be signed with");
	diag_hint(c->diag, "write --tcp_md5_secret=KEY before the first event");
	return false;
}

static bool compile_option(struct compiling *c, const struct expr *option, bool inbound,
                           struct packet_want *want)
{
	struct tcp_option_word words[OPTION_WORDS_MAX];
	const struct expr *written[OPTION_WORDS_MAX];
	size_t count = 0;
	char why[128];

	for (const struct expr *word = option->items; word; word = word->next) {
		if (count == OPTION_WORDS_MAX) {
			diag_error(c->diag, word->where, "too many words for a TCP option");
			return false;
		}
		if (word->kind == EXPR_STAR && inbound) {
			diag_error(c->diag, word->where,
			           "'*' is for segments that the kernel sends");
			return false;
		}
		if (word->kind == EXPR_ABSOLUTE && (strcmp(option->text, "TS") || count != 3)) {
			diag_error(c->diag, word->where,
			           "'!' is for sequence numbers and the TS echo");
			return false;
		}
		want->absolute_echo |= word->kind == EXPR_ABSOLUTE;
		if (!md5_is_valid(c, option, word, &want->md5_valid))
			return false;
		written[count] = word;
		option_word(word, &words[count++]);
	}
	int bad = -1;
	const char *message = tcp_option_append(&c->options, option->text, words, count, &bad, why);
	if (!message)
		return true;
	diag_error(c->diag, bad >= 0 && (size_t)bad < count ? written[bad]->where : option->where,
	           "%s", message);
	if (bad < 0) {
		struct suggestion near = { .wanted = option->text };

		for (size_t i = 0; tcp_option_name(i); i++)
			suggest_offer(&near, tcp_option_name(i));
		if (near.best && strcmp(near.best, option->text))
			diag_hint(c->diag, "did you mean %s?", near.best);
	}
	return false;
}

static bool compile_options(struct compiling *c, const struct packet_node *node,
                            struct packet_want *want)
{
	bool good = true;

	name_field(c, want, FIELD_OPTIONS,
	           node->options_where.end ? node->options_where : c->where[FIELD_FLAGS]);
	if (!node->options_where.end)
		c->where[FIELD_OPTIONS] = (struct range){ 0, 0 };
	for (const struct expr *option = node->options; option; option = option->next) {
		if (option->kind != EXPR_ELLIPSIS) {
			good &= compile_option(c, option, node->inbound, want);
			continue;
		}
		if (node->inbound || option != node->options || option->next) {
			diag_error(c->diag, option->where,
			           node->inbound ? "<...> is for segments that the kernel sends"
			                         : "... stands for all options, alone");
			good = false;
		}
		want->check &= ~BIT(FIELD_OPTIONS);
	}
	memcpy(want->segment.tcp.options, c->options.bytes, c->options.length);
	want->segment.tcp.options_length = c->options.length;
	if (good && c->options.length % 4 != 0) {
		diag_error(c->diag, node->options_where,
		           "these options are %u byte%s long, which is no multiple of four",
		           c->options.length, c->options.length == 1 ? "" : "s");
		diag_hint(c->diag, c->options.length % 4 == 3 ? "add a nop" : "add %u nops",
		          4 - c->options.length % 4);
		good = false;
	}
	return good;
}

/* "GET / HTTP/1.0": as long as the line says. */
static bool compile_payload(struct compiling *c, const struct packet_node *node,
                            struct packet_want *want)
{
	const struct expr *text = node->payload;

	if (!text)
		return true;
	if (node->length->kind == EXPR_STAR) {
		diag_error(c->diag, node->length->where,
		           "with a payload the length cannot be open");
		return false;
	}
	if (text->length != want->segment.payload_length) {
		diag_error(c->diag, text->where,
		           "this payload has %" PRIu32 " bytes, the segment has %" PRIu32,
		           text->length, want->segment.payload_length);
		return false;
	}
	want->segment.payload = (const uint8_t *)text->text;
	want->segment.payload_captured = text->length;
	c->where[FIELD_PAYLOAD] = text->where;
	return true;
}

/* What IP's 16 bits of length can hold; of IPv6 they do not count its own header. */
static bool check_room(struct compiling *c, const struct packet_node *node,
                       const struct packet_want *want)
{
	enum { IPV4_HEADER = 20, TCP_HEADER = 20 };
	uint32_t headers = TCP_HEADER + c->options.length +
	                   (c->settings->ip_version == IP_V6 ? 0 : IPV4_HEADER);

	if (!node->inbound || headers + want->segment.payload_length <= UINT16_MAX)
		return true;
	diag_error(c->diag, node->length->where,
	           "with its headers of %" PRIu32 " bytes it is longer than IP allows", headers);
	return false;
}

static bool compile_tcp(struct compiling *c, const struct packet_node *node,
                        struct packet_want *want)
{
	bool good = compile_flags(c, &node->flags, want);

	want->segment.protocol = IPPROTO_TCP;
	if (node->left_out.text) {
		diag_error(c->diag, node->left_out.where, "%s", node->left_out.text);
		good = false;
	}
	good &= compile_sequence(c, node, want);
	/* What is not written is 0, but for the window, which then is not compared. */
	want->check |= BIT(FIELD_ACKNOWLEDGMENT) | BIT(FIELD_URGENT) | BIT(FIELD_PAYLOAD);
	for (const struct expr *a = node->attributes; a; a = a->next)
		good &= compile_attribute(c, a, node->inbound, want);
	good &= compile_options(c, node, want);
	good = good && check_room(c, node, want) && compile_payload(c, node, want);
	if (good && node->inbound && !c->where[FIELD_WINDOW].end &&
	    !(want->segment.tcp.flags & TCP_RST)) {
		diag_error(c->diag,
		           (struct range){ node->flags.where.begin, node->length->where.end + 1 },
		           "an injected segment needs a window");
		diag_hint(c->diag, "write win N behind the sequence numbers");
		good = false;
	}
	return good;
}

/* ---- UDP ---- */

static bool compile_udp(struct compiling *c, const struct packet_node *node,
                        struct packet_want *want)
{
	int64_t length;

	want->segment.protocol = IPPROTO_UDP;
	if (!compile_number(c, node->length, "the payload length", 0, 65507, &length))
		return false;
	want->segment.payload_length = (uint32_t)length;
	want->segment.udp.length = (uint16_t)(length + 8);
	c->where[FIELD_LENGTH] = c->where[FIELD_UDP_LENGTH] = node->length->where;
	want->check |= BIT(FIELD_LENGTH) | BIT(FIELD_UDP_LENGTH) | BIT(FIELD_PAYLOAD);
	return true;
}

/* What was gathered of the packet, in no more memory than it takes. */
static void pack(struct compiling *c, struct packet_want *want)
{
	size_t count = 0;

	for (int field = 0; field < PACKET_FIELDS; field++) {
		if (!c->where[field].end)
			continue;
		want->written |= BIT(field);
		c->where[count++] = c->where[field];
	}
	want->where = arena_memdup(c->arena, c->where, count * sizeof(*c->where));
	if (c->options.length)
		want->options = arena_memdup(c->arena, &c->options, sizeof(c->options));
}

static struct packet_want *compile_one(struct compiling *c, const struct packet_node *node)
{
	struct packet_want *want = arena_alloc(c->arena, sizeof(*want));
	bool good = compile_outer(c, node, want);

	memset(c->where, 0, sizeof(c->where));
	if (node->outer)
		c->where[FIELD_ENCAPSULATION] = node->outer->where;
	c->options = (struct tcp_option_bytes){ 0 };
	want->check = BIT(FIELD_PROTOCOL);
	for (const struct expr *item = node->ip; item; item = item->next)
		good &= compile_ip_item(c, item, node->inbound, want);
	if (node->ports)
		good &= compile_ports(c, node->ports, want);
	switch (node->protocol) {
	case PACKET_TCP:
		good &= compile_tcp(c, node, want);
		break;
	case PACKET_UDP:
		if (strcmp(node->flags.text, "udp")) {
			diag_error(c->diag, node->flags.where, "only udp has a length alone");
			return NULL;
		}
		good &= compile_udp(c, node, want);
		break;
	case PACKET_ICMP:
		if (strcmp(node->flags.text, "icmp")) {
			diag_error(c->diag, node->flags.where, "only icmp has a type");
			return NULL;
		}
		good &= compile_icmp(c, node, want);
		break;
	}
	pack(c, want);
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
		diag_hint(c->diag, "maybe > ... is a packet that may also not come");
		return false;
	}
	if (node->inbound)
		diag_error(c->diag, node->modifier.where,
		           "maybe is for packets that the kernel sends");
	want->optional = true;
	return !node->inbound;
}

struct packet_want *compile_packet(struct compiling *c, const struct packet_node *node)
{
	struct packet_want *want = compile_one(c, node), *last = want;
	bool good = want && compile_modifier(c, node, want);

	for (const struct packet_node *other = node->alternative; other;
	     other = other->alternative) {
		struct packet_want *next = compile_one(c, other);

		if (node->inbound || other->inbound)
			diag_error(c->diag, other->flags.where,
			           "or is for packets that the kernel sends");
		good = good && next && !node->inbound && !other->inbound;
		if (good) {
			last->alternative = next;
			last = next;
		}
	}
	return good ? want : NULL;
}
