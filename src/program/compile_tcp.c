/* TCP: flags, sequence numbers, the fields behind them, options and payload. */
#include "program/compile_tcp.h"

#include <inttypes.h>
#include <netinet/in.h>
#include <string.h>

#include "base/suggest.h"
#include "program/compile_value.h"
#include "program/hints.h"
#include "script/foreign.h"

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

static bool compile_flags(struct compiling *c, const struct word *word, struct packet_build *build)
{
	struct packet_want *want = build->want;
	uint16_t flags = 0;
	bool ace = false;

	packet_name_field(build, FIELD_FLAGS, word->where);
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
			diag_error(c->diag, word->where, "'%c' is not a TCP flag", *p);
			hint_flags(c->diag, word->text);
			return false;
		}
		if (flags & flag_letters[i].flag) {
			diag_error(c->diag, word->where, "the flag '%c' is written twice", *p);
			return false;
		}
		flags |= flag_letters[i].flag;
	}
	if (ace && flags & (TCP_ECE | TCP_CWR | TCP_AE)) {
		diag_error(c->diag, word->where,
		           "a segment can have an ACE count or ECN flags, not both");
		return false;
	}
	/* packetdrill writes .0 for "no ACE". Then the three bits are compared as flags. */
	if (ace && want->ace) {
		packet_name_field(build, FIELD_ACE, word->where);
		flags |= (want->ace & 4 ? TCP_AE : 0) | (want->ace & 2 ? TCP_CWR : 0) |
		         (want->ace & 1 ? TCP_ECE : 0);
	}
	want->segment.tcp.flags = flags;
	return true;
}

/* ---- sequence numbers, attributes ---- */

static bool compile_sequence(struct compiling *c, const struct packet_node *node,
                             struct packet_build *build)
{
	struct packet_want *want = build->want;
	int64_t first = 0, length = 0;
	bool open = node->sequence->kind == EXPR_STAR,
	     open_length = node->length->kind != EXPR_NUMBER;

	if (open_length && node->inbound) {
		diag_error(c->diag, node->length->where,
		           "only a segment that the kernel sends can have an open length");
		return false;
	}
	want->sequence_follows = open && node->inbound;
	want->until_end = node->length->kind == EXPR_ELLIPSIS;
	build->where[FIELD_SEQUENCE] = node->sequence->where;
	build->where[FIELD_LENGTH] = node->length->where;
	if (!open_length &&
	    !compile_number(c, node->length, "the payload length", 0, 65535, &length))
		return false;
	want->segment.payload_length = (uint32_t)length;
	if (!open_length)
		want->check |= BIT(FIELD_LENGTH);
	if (open)
		return true;
	if (!packet_span(c, node->sequence, node->length, length, &first))
		return false;
	want->check |= BIT(FIELD_SEQUENCE);
	want->segment.tcp.sequence = (uint32_t)first;
	want->absolute_sequence = node->absolute;
	return true;
}

static const struct header_field {
	const char *name;
	enum packet_field field;
	int64_t most;
} header_fields[] = {
	{ "ack", FIELD_ACKNOWLEDGMENT, UINT32_MAX },
	{ "win", FIELD_WINDOW, 65535 },
	{ "urg", FIELD_URGENT, 65535 },
};

enum { HEADER_FIELDS = sizeof(header_fields) / sizeof(*header_fields) };

/*
 * Fields that are right unless a script says otherwise. Only what is injected can have them wrong.
 */
static const struct malformed_field {
	const char *name;
	unsigned fixed;
	int64_t least, most;
} malformed_fields[] = {
	{ "badsum", ADDED_CHECKSUM, 1, 65534 },
	{ "offset", FIXED_DATA_OFFSET, 0, 15 },
};

enum { MALFORMED_FIELDS = sizeof(malformed_fields) / sizeof(*malformed_fields) };

static const struct malformed_field *malformed_find(const char *name)
{
	for (size_t i = 0; i < MALFORMED_FIELDS; i++)
		if (!strcmp(malformed_fields[i].name, name))
			return &malformed_fields[i];
	return NULL;
}

const char *packet_field_at(size_t index)
{
	if (index < HEADER_FIELDS)
		return header_fields[index].name;
	index -= HEADER_FIELDS;
	return index < MALFORMED_FIELDS ? malformed_fields[index].name : NULL;
}

static bool compile_malformed(struct compiling *c, const struct malformed_field *field,
                              const struct expr *attribute, bool inbound, struct segment *segment)
{
	int64_t number;

	if (!inbound || segment->fixed & field->fixed) {
		diag_error(c->diag, attribute->where,
		           inbound ? "%s is written twice" : "%s is for injected segments",
		           field->name);
		return false;
	}
	if (!compile_number(c, attribute->right, field->name, field->least, field->most, &number))
		return false;
	segment->fixed |= field->fixed;
	if (field->fixed == ADDED_CHECKSUM)
		segment->checksum = (uint16_t)number;
	else
		segment->tcp.data_offset = (uint8_t)number;
	return true;
}

static void report_field(struct diag *diag, const struct expr *word)
{
	struct suggestion near = { .wanted = word->text };

	for (size_t i = 0; packet_field_at(i); i++)
		suggest_offer(&near, packet_field_at(i));
	diag_error(diag, word->where, "unknown field '%s' of the TCP header", word->text);
	diag_hint(diag, near.best ? "did you mean %s?" : "there are ack, win and urg", near.best);
}

static bool compile_attribute(struct compiling *c, const struct expr *attribute, bool inbound,
                              struct packet_build *build)
{
	struct packet_want *want = build->want;
	const struct header_field *rows = header_fields;
	const struct expr *word = attribute->left;
	size_t i = 0;
	int64_t number = 0;

	if (malformed_find(word->text))
		return compile_malformed(c, malformed_find(word->text), attribute, inbound,
		                         &want->segment);
	while (i < HEADER_FIELDS && strcmp(rows[i].name, word->text))
		i++;
	if (i == HEADER_FIELDS) {
		report_field(c->diag, word);
		return false;
	}
	if (build->where[rows[i].field].end) {
		diag_error(c->diag, attribute->where, "%s is written twice", rows[i].name);
		return false;
	}
	build->where[rows[i].field] = attribute->where;
	want->check &= ~BIT(rows[i].field);
	if (attribute->right->kind == EXPR_STAR) {
		want->acknowledges_all = inbound && rows[i].field == FIELD_ACKNOWLEDGMENT;
		if (inbound && !want->acknowledges_all)
			diag_error(c->diag, attribute->right->where,
			           "'*' can only stand in segments that the kernel sends");
		return !inbound || want->acknowledges_all;
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

/* "md5 valid" needs a key. When there is none, this reports it and returns false. */
static bool md5_is_valid(struct compiling *c, const struct expr *option, const struct expr *word,
                         bool *valid)
{
	if (strcmp(option->text, "md5") || word->kind != EXPR_WORD || strcmp(word->text, "valid"))
		return true;
	*valid = true;
	if (c->settings->md5_secret)
		return true;
	diag_error(c->diag, word->where, "there is no key to sign this with");
	diag_hint(c->diag, "write --tcp_md5_secret=KEY before the first event");
	return false;
}

static bool compile_option(struct compiling *c, const struct expr *option, bool inbound,
                           struct packet_build *build)
{
	struct packet_want *want = build->want;
	struct tcp_option_word words[OPTION_WORDS_MAX];
	const struct expr *written[OPTION_WORDS_MAX];
	size_t count = 0;
	char why[128];

	for (const struct expr *word = option->items; word; word = word->next) {
		if (count == OPTION_WORDS_MAX) {
			diag_error(c->diag, word->where, "a TCP option has too many words");
			return false;
		}
		if (word->kind == EXPR_STAR && inbound) {
			diag_error(c->diag, word->where,
			           "'*' can only stand in segments that the kernel sends");
			return false;
		}
		if (word->kind == EXPR_ABSOLUTE && (strcmp(option->text, "TS") || count != 3)) {
			diag_error(c->diag, word->where,
			           "'!' can only stand behind sequence numbers and the TS echo");
			return false;
		}
		want->absolute_echo |= word->kind == EXPR_ABSOLUTE;
		if (!md5_is_valid(c, option, word, &want->md5_valid))
			return false;
		written[count] = word;
		option_word(word, &words[count++]);
	}
	int bad = -1;
	const char *message =
		tcp_option_append(&build->options, option->text, words, count, &bad, why);
	if (!message)
		return true;
	diag_error(c->diag, bad >= 0 && (size_t)bad < count ? written[bad]->where : option->where,
	           "%s", message);
	if (bad < 0) {
		struct suggestion near = { .wanted = option->text };

		for (size_t i = 0; tcp_option_name(i); i++)
			suggest_offer(&near, tcp_option_name(i));
		if (foreign_reason(option->text))
			diag_hint(c->diag, "%s", foreign_reason(option->text));
		else if (near.best && strcmp(near.best, option->text))
			diag_hint(c->diag, "did you mean %s?", near.best);
	}
	return false;
}

static bool compile_options(struct compiling *c, const struct packet_node *node,
                            struct packet_build *build)
{
	struct packet_want *want = build->want;
	bool good = true;

	packet_name_field(build, FIELD_OPTIONS,
	                  node->options_where.end ? node->options_where
	                                          : build->where[FIELD_FLAGS]);
	if (!node->options_where.end)
		build->where[FIELD_OPTIONS] = (struct range){ 0, 0 };
	for (const struct expr *option = node->options; option; option = option->next) {
		if (option->kind != EXPR_ELLIPSIS) {
			good &= compile_option(c, option, node->inbound, build);
			continue;
		}
		if (node->inbound || option != node->options || option->next) {
			diag_error(
				c->diag, option->where,
				node->inbound
					? "<...> can only stand in segments that the kernel sends"
					: "... stands for all options, so nothing else can stand "
					  "beside it");
			good = false;
		}
		want->check &= ~BIT(FIELD_OPTIONS);
	}
	memcpy(want->segment.tcp.options, build->options.bytes, build->options.length);
	want->segment.tcp.options_length = build->options.length;
	if (good && build->options.length % 4 != 0) {
		diag_error(c->diag, node->options_where,
		           "these options are %u byte%s long, which is not a multiple of four",
		           build->options.length, build->options.length == 1 ? "" : "s");
		diag_hint(c->diag, build->options.length % 4 == 3 ? "add a nop" : "add %u nops",
		          4 - build->options.length % 4);
		good = false;
	}
	return good;
}

/* A payload such as "GET / HTTP/1.0". It must be as long as the line says. */
static bool compile_payload(struct compiling *c, const struct packet_node *node,
                            struct packet_build *build)
{
	struct packet_want *want = build->want;
	const struct expr *text = node->payload;

	if (!text)
		return true;
	if (node->length->kind != EXPR_NUMBER) {
		diag_error(c->diag, node->length->where,
		           "with a payload the length cannot be open");
		return false;
	}
	if (text->length != want->segment.payload_length) {
		diag_error(c->diag, text->where,
		           "this payload has %" PRIu32 " bytes, but the segment has %" PRIu32,
		           text->length, want->segment.payload_length);
		return false;
	}
	want->segment.payload = (const uint8_t *)text->text;
	want->segment.payload_captured = text->length;
	build->where[FIELD_PAYLOAD] = text->where;
	return true;
}

/* What the 16 bits of IP's length can hold. IPv6 does not count its own header. */
static bool check_room(struct compiling *c, const struct packet_node *node,
                       struct packet_build *build)
{
	const struct packet_want *want = build->want;
	enum { IPV4_HEADER = 20, TCP_HEADER = 20 };
	uint32_t headers = TCP_HEADER + build->options.length +
	                   (c->settings->ip_version == IP_V6 ? 0 : IPV4_HEADER);

	if (!node->inbound || headers + want->segment.payload_length <= UINT16_MAX)
		return true;
	diag_error(c->diag, node->length->where,
	           "with its headers of %" PRIu32 " bytes it is longer than IP allows", headers);
	return false;
}

bool compile_tcp(struct compiling *c, const struct packet_node *node, struct packet_build *build)
{
	struct packet_want *want = build->want;
	bool good = compile_flags(c, &node->flags, build);

	want->segment.protocol = IPPROTO_TCP;
	if (node->left_out.text) {
		diag_error(c->diag, node->left_out.where, "%s",
		           foreign_reason(node->left_out.text));
		good = false;
	}
	good &= compile_sequence(c, node, build);
	/*
	 * What is not written is expected to be 0. The window is the exception: it is then not
	 * compared.
	 */
	want->check |= BIT(FIELD_ACKNOWLEDGMENT) | BIT(FIELD_URGENT) | BIT(FIELD_PAYLOAD);
	for (const struct expr *a = node->attributes; a; a = a->next)
		good &= compile_attribute(c, a, node->inbound, build);
	good &= compile_options(c, node, build);
	good = good && check_room(c, node, build) && compile_payload(c, node, build);
	if (good && node->inbound && !build->where[FIELD_WINDOW].end &&
	    !(want->segment.tcp.flags & TCP_RST)) {
		diag_error(c->diag,
		           (struct range){ node->flags.where.begin, node->length->where.end + 1 },
		           "an injected segment needs a window");
		diag_hint(c->diag, "write win N behind the sequence numbers");
		good = false;
	}
	return good;
}
