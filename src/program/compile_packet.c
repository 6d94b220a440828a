/* Packets: the words of a '<' or '>' line to numbers in a header. */
#include "program/compiling.h"

#include <inttypes.h>
#include <netinet/in.h>
#include <string.h>

#include "base/suggest.h"
#include "wire/icmp.h"

#define BIT(field) (1u << (field))

static void name_field(struct compiling *c, struct packet_want *want, enum packet_field field,
                       struct range where)
{
	c->where[field] = where;
	want->check |= BIT(field);
}

/* ---- flags ---- */

static const struct { char letter; uint16_t flag; } flag_letters[] = {
	{ 'F', TCP_FIN }, { 'S', TCP_SYN }, { 'R', TCP_RST }, { 'P', TCP_PSH }, { '.', TCP_ACK },
	{ 'U', TCP_URG }, { 'E', TCP_ECE }, { 'W', TCP_CWR }, { 'A', TCP_AE },
};

bool packet_flags_are(const char *word)
{
	char letters[sizeof flag_letters / sizeof *flag_letters + 1] = "";
	for (size_t i = 0; i < sizeof flag_letters / sizeof *flag_letters; i++)
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
		if (*p == '-' && strcmp(word->text, "-") == 0)
			break;
		if (*p >= '0' && *p <= '7' && !ace) {
			want->ace = (uint8_t)(*p - '0');
			ace = true;
			continue;
		}
		while (i < sizeof flag_letters / sizeof *flag_letters && flag_letters[i].letter != *p)
			i++;
		if (i == sizeof flag_letters / sizeof *flag_letters) {
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

/* ---- the IP header: (tos 0x10, flowlabel 0x1), [ect0] ---- */

struct ip_word {
	const char *name;
	enum packet_field field;
	int64_t most;                   /* of the number behind the word; 0: there is none */
	uint8_t tos;                    /* what the word stands for, without a number */
};

static const struct ip_word ip_words[] = {
	{ "noecn", FIELD_ECN, 0, 0 },
	{ "ect0", FIELD_ECN, 0, 2 },
	{ "ect1", FIELD_ECN, 0, 1 },
	{ "ce", FIELD_ECN, 0, 3 },
	{ "ect01", FIELD_ECT01, 0, 0 },
	{ "tos", FIELD_TOS, 0xff, 0 },
	{ "class", FIELD_TOS, 0xff, 0 },
	{ "dscp", FIELD_DSCP, 0x3f, 0 },
	{ "ttl", FIELD_TTL, 0xff, 0 },
	{ "hlim", FIELD_TTL, 0xff, 0 },
	{ "flowlabel", FIELD_FLOW_LABEL, 0xfffff, 0 },
	{ "id", FIELD_IP_ID, 0xffff, 0 },
	/* Two words, as nplab writes them. */
	{ "ecn noecn", FIELD_ECN, 0, 0 },
	{ "ecn ect0", FIELD_ECN, 0, 2 },
	{ "ecn ect1", FIELD_ECN, 0, 1 },
	{ "ecn ce", FIELD_ECN, 0, 3 },
	{ "ecn ect01", FIELD_ECT01, 0, 0 },
	{ "dscp cs0", FIELD_DSCP, 0, 0 << 2 },
	{ "dscp le", FIELD_DSCP, 0, 1 << 2 },
	{ "dscp cs1", FIELD_DSCP, 0, 8 << 2 },
	{ "dscp af11", FIELD_DSCP, 0, 10 << 2 },
	{ "dscp af12", FIELD_DSCP, 0, 12 << 2 },
	{ "dscp af13", FIELD_DSCP, 0, 14 << 2 },
	{ "dscp cs2", FIELD_DSCP, 0, 16 << 2 },
	{ "dscp af21", FIELD_DSCP, 0, 18 << 2 },
	{ "dscp af22", FIELD_DSCP, 0, 20 << 2 },
	{ "dscp af23", FIELD_DSCP, 0, 22 << 2 },
	{ "dscp cs3", FIELD_DSCP, 0, 24 << 2 },
	{ "dscp af31", FIELD_DSCP, 0, 26 << 2 },
	{ "dscp af32", FIELD_DSCP, 0, 28 << 2 },
	{ "dscp af33", FIELD_DSCP, 0, 30 << 2 },
	{ "dscp cs4", FIELD_DSCP, 0, 32 << 2 },
	{ "dscp af41", FIELD_DSCP, 0, 34 << 2 },
	{ "dscp af42", FIELD_DSCP, 0, 36 << 2 },
	{ "dscp af43", FIELD_DSCP, 0, 38 << 2 },
	{ "dscp cs5", FIELD_DSCP, 0, 40 << 2 },
	{ "dscp voice-admit", FIELD_DSCP, 0, 44 << 2 },
	{ "dscp ef", FIELD_DSCP, 0, 46 << 2 },
	{ "dscp cs6", FIELD_DSCP, 0, 48 << 2 },
	{ "dscp cs7", FIELD_DSCP, 0, 56 << 2 },
};

bool ip_word_is(const char *word)
{
	size_t i = 0, count = sizeof ip_words / sizeof *ip_words;
	while (i < count && strcmp(ip_words[i].name, word) != 0)
		i++;
	return i < count;
}

static void set_ip_number(struct packet_want *want, enum packet_field field, int64_t number)
{
	if (field == FIELD_TOS)
		want->segment.tos = (uint8_t)number;
	else if (field == FIELD_DSCP)
		want->segment.tos |= (uint8_t)(number << 2);
	else if (field == FIELD_TTL)
		want->segment.ttl = (uint8_t)number;
	else if (field == FIELD_FLOW_LABEL)
		want->segment.flow_label = (uint32_t)number;
	else if (field == FIELD_IP_ID)
		want->segment.ip_id = (uint16_t)number;
}

bool compile_ip_item(struct compiling *c, const struct expr *item, bool inbound,
                     struct packet_want *want)
{
	bool numbered = item->kind == EXPR_FIELD;
	const struct expr *word = numbered ? item->left : item;
	struct suggestion near = { .wanted = word->text };
	for (size_t i = 0; i < sizeof ip_words / sizeof *ip_words; i++) {
		const struct ip_word *row = &ip_words[i];
		int64_t number = 0;
		suggest_offer(&near, row->name);
		if (strcmp(row->name, word->text) != 0)
			continue;
		if (numbered != (row->most > 0)) {
			diag_error(c->diag, item->where, "%s takes %s number", row->name,
			           row->most ? "a" : "no");
			return false;
		}
		if (row->field == FIELD_ECT01 && inbound) {
			diag_error(c->diag, item->where, "ect01 is for packets that the kernel sends");
			return false;
		}
		if (c->where[row->field].end) {
			diag_error(c->diag, item->where, "another word or number is already there for %s", row->name);
			return false;
		}
		name_field(c, want, row->field, item->where);
		want->segment.tos |= row->tos;
		if (numbered && !compile_number(c, item->right, row->name, 0, row->most, &number))
			return false;
		if (numbered)
			set_ip_number(want, row->field, number);
		return true;
	}
	diag_error(c->diag, word->where, "unknown field '%s' of the IP header", word->text);
	if (near.best)
		diag_hint(c->diag, "did you mean %s?", near.best);
	return false;
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
static bool compile_span(struct compiling *c, const struct expr *sequence, const struct expr *length,
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
	           "a segment from %" PRId64 " with %" PRId64 " bytes ends at %" PRIu32 ", not at %" PRId64,
	           *first, bytes, reached, end);
	diag_hint(c->diag, "SYN and FIN are not counted here");
	return false;
}

static bool compile_sequence(struct compiling *c, const struct packet_node *node,
                             struct packet_want *want)
{
	int64_t first = 0, length = 0;
	bool open = node->sequence->kind == EXPR_STAR, open_length = node->length->kind == EXPR_STAR;
	if ((open || open_length) && node->inbound) {
		diag_error(c->diag, node->sequence->where, "'*' is for segments that the kernel sends");
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
	static const struct { const char *name; enum packet_field field; int64_t most; } rows[] = {
		{ "ack", FIELD_ACKNOWLEDGMENT, UINT32_MAX },
		{ "win", FIELD_WINDOW, 65535 },
		{ "urg", FIELD_URGENT, 65535 },
	};
	const struct expr *word = attribute->left;
	struct suggestion near = { .wanted = word->text };
	size_t i = 0;
	int64_t number = 0;
	while (i < 3 && strcmp(rows[i].name, word->text) != 0)
		suggest_offer(&near, rows[i++].name);
	if (i == 3) {
		diag_error(c->diag, word->where, "unknown field '%s' of the TCP header", word->text);
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
	if (strcmp(option->text, "md5") != 0 || word->kind != EXPR_WORD || strcmp(word->text, "valid") != 0)
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
			diag_error(c->diag, word->where, "'*' is for segments that the kernel sends");
			return false;
		}
		if (word->kind == EXPR_ABSOLUTE && (strcmp(option->text, "TS") != 0 || count != 3)) {
			diag_error(c->diag, word->where, "'!' is for sequence numbers and the TS echo");
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
		if (near.best && strcmp(near.best, option->text) != 0)
			diag_hint(c->diag, "did you mean %s?", near.best);
	}
	return false;
}

static bool compile_options(struct compiling *c, const struct packet_node *node,
                            struct packet_want *want)
{
	bool good = true;
	name_field(c, want, FIELD_OPTIONS, node->options_where.end ? node->options_where
	                                                        : c->where[FIELD_FLAGS]);
	if (!node->options_where.end)
		c->where[FIELD_OPTIONS] = (struct range){ 0, 0 };
	for (const struct expr *option = node->options; option; option = option->next) {
		if (option->kind != EXPR_ELLIPSIS) {
			good &= compile_option(c, option, node->inbound, want);
			continue;
		}
		if (node->inbound || option != node->options || option->next) {
			diag_error(c->diag, option->where, node->inbound
			           ? "<...> is for segments that the kernel sends"
			           : "... stands for all options, alone");
			good = false;
		}
		want->check &= ~BIT(FIELD_OPTIONS);
	}
	memcpy(want->segment.tcp.options, c->options.bytes, c->options.length);
	want->segment.tcp.options_length = c->options.length;
	if (good && c->options.length % 4 != 0) {
		diag_error(c->diag, node->options_where,
		           "these options are %u byte%s long, which is no multiple of four", c->options.length,
		           c->options.length == 1 ? "" : "s");
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
		diag_error(c->diag, node->length->where, "with a payload the length cannot be open");
		return false;
	}
	if (text->length != want->segment.payload_length) {
		diag_error(c->diag, text->where, "this payload has %" PRIu32 " bytes, the segment has %" PRIu32,
		           text->length, want->segment.payload_length);
		return false;
	}
	want->segment.payload = (const uint8_t *)text->text;
	want->segment.payload_captured = text->length;
	c->where[FIELD_PAYLOAD] = text->where;
	return true;
}

/* What IP's 16 bits of length can hold; of IPv6 they do not count its own header. */
static bool check_room(struct compiling *c, const struct packet_node *node, const struct packet_want *want)
{
	enum { IPV4_HEADER = 20, TCP_HEADER = 20 };
	uint32_t headers = TCP_HEADER + c->options.length + (c->settings->ip_version == IP_V6 ? 0 : IPV4_HEADER);
	if (!node->inbound || headers + want->segment.payload_length <= UINT16_MAX)
		return true;
	diag_error(c->diag, node->length->where, "with its headers of %" PRIu32 " bytes it is longer than IP allows",
	           headers);
	return false;
}

static bool compile_tcp(struct compiling *c, const struct packet_node *node, struct packet_want *want)
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
		diag_error(c->diag, (struct range){ node->flags.where.begin, node->length->where.end + 1 },
		           "an injected segment needs a window");
		diag_hint(c->diag, "write win N behind the sequence numbers");
		good = false;
	}
	return good;
}

/* ---- UDP and ICMP ---- */

static bool compile_udp(struct compiling *c, const struct packet_node *node, struct packet_want *want)
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

static bool icmp_names(struct compiling *c, const struct packet_node *node, struct packet_want *want)
{
	uint8_t protocol = want->segment.protocol;
	struct icmp_header *icmp = &want->segment.icmp;
	struct suggestion near = { .wanted = node->icmp_type.text };
	name_field(c, want, FIELD_ICMP_TYPE, node->icmp_type.where);
	if (!icmp_type_parse(protocol, node->icmp_type.text, &icmp->type)) {
		for (size_t i = 0; icmp_type_listed(protocol, i); i++)
			suggest_offer(&near, icmp_type_listed(protocol, i));
		diag_error(c->diag, node->icmp_type.where, "unknown ICMP type '%s' for %s",
		           node->icmp_type.text, ip_version_name(c->settings->ip_version));
		if (near.best)
			diag_hint(c->diag, "did you mean %s?", near.best);
		return false;
	}
	want->check |= BIT(FIELD_ICMP_CODE);
	if (!node->icmp_code.text)
		return true;
	c->where[FIELD_ICMP_CODE] = node->icmp_code.where;
	near = (struct suggestion){ .wanted = node->icmp_code.text };
	if (!icmp_code_parse(protocol, icmp->type, node->icmp_code.text, &icmp->code)) {
		for (size_t i = 0; icmp_code_listed(protocol, icmp->type, i); i++)
			suggest_offer(&near, icmp_code_listed(protocol, icmp->type, i));
		diag_error(c->diag, node->icmp_code.where, "unknown ICMP code '%s' for %s",
		           node->icmp_code.text, node->icmp_type.text);
		if (near.best)
			diag_hint(c->diag, "did you mean %s?", near.best);
		return false;
	}
	return true;
}

static bool icmp_attribute(struct compiling *c, const struct expr *attribute,
                           struct packet_want *want)
{
	struct icmp_header *icmp = &want->segment.icmp;
	const char *name = attribute->left->text;
	enum icmp_rest rest = icmp_rest_meaning(want->segment.protocol, icmp->type, icmp->code);
	bool mtu = strcmp(name, "mtu") == 0, id = strcmp(name, "id") == 0;
	int64_t number;
	if (!mtu && !id) {
		diag_error(c->diag, attribute->left->where, "unknown field '%s' of the ICMP header", name);
		diag_hint(c->diag, "there are mtu and id");
		return false;
	}
	if (rest != (mtu ? ICMP_REST_MTU : ICMP_REST_ID)) {
		diag_error(c->diag, attribute->where, "this ICMP message has no %s", name);
		return false;
	}
	bool wide = mtu && want->segment.protocol == IPPROTO_ICMPV6;
	if (!compile_number(c, attribute->right, name, 0, wide ? UINT32_MAX : 65535, &number))
		return false;
	icmp->rest = id ? (uint32_t)number << 16 : (uint32_t)number;
	name_field(c, want, FIELD_ICMP_REST, attribute->where);
	return true;
}

/* [1:1001(1000)], [udp (10)], [raw (100)] */
static bool icmp_quote(struct compiling *c, const struct expr *quote, struct packet_want *want)
{
	struct icmp_quote *q = &want->segment.icmp.quote;
	bool tcp = strcmp(quote->text, "tcp") == 0;
	const struct expr *length = tcp ? quote->items->next : quote->items;
	int64_t bytes, first = 0;
	if (strcmp(quote->text, "icmp") == 0) {
		diag_error(c->diag, quote->where, "an ICMP message quotes TCP, UDP or raw bytes");
		return false;
	}
	if (!compile_number(c, length, "the length", 0, 65535, &bytes))
		return false;
	if (tcp && quote->items->kind != EXPR_PAIR) {
		diag_error(c->diag, quote->items->where, "the sequence number of a quote cannot be open");
		return false;
	}
	if (tcp && !compile_span(c, quote->items, length, bytes, &first))
		return false;
	q->protocol = tcp ? IPPROTO_TCP : strcmp(quote->text, "udp") == 0 ? IPPROTO_UDP : IPPROTO_RAW;
	q->sequence = (uint32_t)first;
	q->payload_length = (uint16_t)bytes;
	c->where[FIELD_ICMP_QUOTE] = quote->where;
	return true;
}

static bool compile_icmp(struct compiling *c, const struct packet_node *node,
                         struct packet_want *want)
{
	bool good;
	want->segment.protocol = c->settings->ip_version == IP_V6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP;
	good = icmp_names(c, node, want);
	for (const struct expr *a = node->attributes; good && a; a = a->next)
		good = icmp_attribute(c, a, want);
	if (good && node->quote)
		good = icmp_quote(c, node->quote, want);
	else if (icmp_is_error(want->segment.protocol, want->segment.icmp.type))
		want->segment.icmp.quote.protocol = IPPROTO_TCP;
	return good;
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
	want->where = arena_memdup(c->arena, c->where, count * sizeof *c->where);
	if (c->options.length)
		want->options = arena_memdup(c->arena, &c->options, sizeof c->options);
}

static struct packet_want *compile_one(struct compiling *c, const struct packet_node *node)
{
	struct packet_want *want = arena_alloc(c->arena, sizeof *want);
	bool good = compile_outer(c, node, want);
	memset(c->where, 0, sizeof c->where);
	if (node->outer)
		c->where[FIELD_ENCAPSULATION] = node->outer->where;
	c->options = (struct tcp_option_bytes){ 0 };
	want->check = BIT(FIELD_PROTOCOL);
	for (const struct expr *item = node->ip; item; item = item->next)
		good &= compile_ip_item(c, item, node->inbound, want);
	if (node->ports)
		good &= compile_ports(c, node->ports, want);
	switch (node->protocol) {
	case PACKET_TCP:  good &= compile_tcp(c, node, want); break;
	case PACKET_UDP:
		if (strcmp(node->flags.text, "udp") != 0) {
			diag_error(c->diag, node->flags.where, "only udp has a length alone");
			return NULL;
		}
		good &= compile_udp(c, node, want);
		break;
	case PACKET_ICMP:
		if (strcmp(node->flags.text, "icmp") != 0) {
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
	if (strcmp(node->modifier.text, "maybe") != 0) {
		diag_error(c->diag, node->modifier.where, "unknown word '%s' before a packet", node->modifier.text);
		diag_hint(c->diag, "maybe > ... is a packet that may also not come");
		return false;
	}
	if (node->inbound)
		diag_error(c->diag, node->modifier.where, "maybe is for packets that the kernel sends");
	want->optional = true;
	return !node->inbound;
}

struct packet_want *compile_packet(struct compiling *c, const struct packet_node *node)
{
	struct packet_want *want = compile_one(c, node), *last = want;
	bool good = want && compile_modifier(c, node, want);
	for (const struct packet_node *other = node->alternative; other; other = other->alternative) {
		struct packet_want *next = compile_one(c, other);
		if (node->inbound || other->inbound)
			diag_error(c->diag, other->flags.where, "or is for packets that the kernel sends");
		good = good && next && !node->inbound && !other->inbound;
		if (good) {
			last->alternative = next;
			last = next;
		}
	}
	return good ? want : NULL;
}
