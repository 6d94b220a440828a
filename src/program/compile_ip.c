/* The IP header of a line: (tos 0x10, flowlabel 0x1), [ect0]. */
#include "program/compile_ip.h"

#include <string.h>

#include "base/suggest.h"
#include "program/family.h"
#include "program/compile_value.h"

struct ip_word {
	const char *name;
	enum packet_field field;
	int64_t most; /* the largest number that may stand behind the word; 0: no number */
	uint8_t tos;  /* what the word stands for when it has no number */
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
	/* Pairs of words, as nplab's packetdrill writes them. */
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

/* Fields that are right unless a script says otherwise. */
static const struct malformed_word {
	const char *name;
	unsigned fixed;
	int64_t least, most;
	bool only_v4;
} malformed_words[] = {
	{ "badsum", ADDED_IP_CHECKSUM, 1, 65534, true },
	{ "length", FIXED_IP_LENGTH, 0, 65535, false },
};

enum {
	IP_WORDS = sizeof(ip_words) / sizeof(*ip_words),
	MALFORMED_WORDS = sizeof(malformed_words) / sizeof(*malformed_words),
};

static const struct ip_word *ip_word_find(const char *name)
{
	for (size_t i = 0; i < IP_WORDS; i++)
		if (!strcmp(ip_words[i].name, name))
			return &ip_words[i];
	return NULL;
}

static const struct malformed_word *malformed_find(const char *name)
{
	for (size_t i = 0; i < MALFORMED_WORDS; i++)
		if (!strcmp(malformed_words[i].name, name))
			return &malformed_words[i];
	return NULL;
}

bool ip_word_is(const char *word)
{
	return ip_word_find(word) || malformed_find(word);
}

static bool compile_malformed(struct compiling *c, const struct malformed_word *word,
                              const struct expr *item, bool inbound, struct segment *segment)
{
	int64_t number;

	if (!inbound || (word->only_v4 && c->settings->ip_version == IP_V6)) {
		diag_error(c->diag, item->where,
		           inbound ? "IPv6 has no checksum in its header (RFC 8200)"
		                   : "%s is for packets that are injected",
		           word->name);
		return false;
	}
	if (item->kind != EXPR_FIELD) {
		diag_error(c->diag, item->where, "%s takes a number", word->name);
		return false;
	}
	if (!compile_number(c, item->right, word->name, word->least, word->most, &number))
		return false;
	segment->fixed |= word->fixed;
	if (word->fixed == FIXED_IP_LENGTH)
		segment->ip_length = (uint16_t)number;
	else
		segment->ip_checksum = (uint16_t)number;
	return true;
}

static bool compile_ip_word(struct compiling *c, const struct ip_word *row, const struct expr *item,
                            bool inbound, struct packet_build *build)
{
	struct packet_want *want = build->want;
	bool numbered = item->kind == EXPR_FIELD;
	int64_t number = 0;

	if (numbered != (row->most > 0)) {
		diag_error(c->diag, item->where, "%s takes %s number", row->name,
		           row->most ? "a" : "no");
		return false;
	}
	if (row->field == FIELD_ECT01 && inbound) {
		diag_error(c->diag, item->where, "ect01 is for packets that the kernel sends");
		return false;
	}
	if (build->where[row->field].end) {
		diag_error(c->diag, item->where, "there is already another word or number for %s",
		           row->name);
		return false;
	}
	if (!family_check_field(c->settings->ip_version, row->field, item->where, c->diag))
		return false;
	packet_name_field(build, row->field, item->where);
	want->segment.tos |= row->tos;
	if (numbered && !compile_number(c, item->right, row->name, 0, row->most, &number))
		return false;
	if (numbered)
		set_ip_number(want, row->field, number);
	return true;
}

static bool unknown_field(struct compiling *c, const struct expr *word)
{
	struct suggestion near = { .wanted = word->text };

	for (size_t i = 0; i < IP_WORDS; i++)
		suggest_offer(&near, ip_words[i].name);
	for (size_t i = 0; i < MALFORMED_WORDS; i++)
		suggest_offer(&near, malformed_words[i].name);
	diag_error(c->diag, word->where, "unknown field '%s' of the IP header", word->text);
	if (near.best)
		diag_hint(c->diag, "did you mean %s?", near.best);
	return false;
}

bool compile_ip_item(struct compiling *c, const struct expr *item, bool inbound,
                     struct packet_build *build)
{
	const struct expr *word = item->kind == EXPR_FIELD ? item->left : item;
	const struct ip_word *row = ip_word_find(word->text);
	const struct malformed_word *malformed = malformed_find(word->text);

	if (malformed)
		return compile_malformed(c, malformed, item, inbound, &build->want->segment);
	return row ? compile_ip_word(c, row, item, inbound, build) : unknown_field(c, word);
}
