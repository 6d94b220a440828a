/* Outer headers: the words before "F. 1:1(0)". Each kind has a row. */
#include "program/compile_outer.h"

#include <assert.h>
#include <string.h>

#include "program/compile_ip.h"
#include "program/compile_value.h"
#include "program/packet_parts.h"
#include "script/reserved.h"
#include "wire/encapsulation.h"

/* Finds WORD N or WORD=N. *number is not changed when the word is not there. */
static bool find_number(struct compiling *c, const struct expr *items, const char *name,
                        int64_t most, int64_t *number)
{
	for (const struct expr *item = items; item; item = item->next)
		if (item->kind == EXPR_FIELD && !strcmp(item->left->text, name))
			return compile_number(c, item->right, name, 0, most, number);
	return true;
}

static const struct expr *find_kind(const struct expr *items, enum expr_kind kind)
{
	while (items && items->kind != kind)
		items = items->next;
	return items;
}

/* ipv4 (tos 0x10, ttl 9) 192.0.2.1 > 192.168.0.1 */
static bool outer_ip(struct compiling *c, const struct expr *layer, bool inbound,
                     struct encapsulation *outer)
{
	const struct expr *pair = find_kind(layer->items, EXPR_PAIR);
	const struct expr *info = find_kind(layer->items, EXPR_CALL);
	struct ip_address source, destination;
	struct packet_want scratch = { .check = 0 };
	struct packet_build build = { .want = &scratch };
	bool good = true;

	if (!info)
		info = find_kind(layer->items, EXPR_LIST);
	for (const struct expr *item = info ? info->items : NULL; item; item = item->next) {
		bool word = item->kind == EXPR_WORD || item->kind == EXPR_FIELD;

		good &= word && compile_ip_item(c, item, inbound, &build);
		if (!word)
			diag_error(c->diag, item->where,
			           "a field of the IP header is a word, perhaps with a number");
	}
	if (!pair || !ip_address_parse(pair->left->text, &source) ||
	    !ip_address_parse(pair->right->text, &destination) ||
	    source.family != destination.family ||
	    (source.family == AF_INET6) != (!strcmp(layer->text, "ipv6"))) {
		diag_error(c->diag, pair ? pair->where : layer->where,
		           "this is written %s SOURCE > DESTINATION:", layer->text);
		return false;
	}
	return good && encapsulation_add_ip(outer, &source, &destination, scratch.segment.tos,
	                                    scratch.segment.ttl);
}

/* gre flags [key present] sum 0 off 0 key 7 seq 0, gre flags 0x2000 ..., gre */
static bool outer_gre(struct compiling *c, const struct expr *layer, bool inbound,
                      struct encapsulation *outer)
{
	static const struct {
		const char *name;
		uint16_t flag;
	} words[] = {
		{ "none", 0 },
		{ "present", 0 },
		{ "checksum", GRE_HAS_CHECKSUM },
		{ "key", GRE_HAS_KEY },
		{ "sequence", GRE_HAS_SEQUENCE },
		{ "sequence#", GRE_HAS_SEQUENCE },
	};
	const struct expr *flags = find_kind(layer->items, EXPR_LIST);
	int64_t bits = 0, sum = 0, offset = 0, key = 0, sequence = 0;

	(void)inbound;
	if (!find_number(c, layer->items, "flags", UINT16_MAX, &bits) ||
	    !find_number(c, layer->items, "Flags", UINT16_MAX, &bits) ||
	    !find_number(c, layer->items, "sum", UINT16_MAX, &sum) ||
	    !find_number(c, layer->items, "off", UINT16_MAX, &offset) ||
	    !find_number(c, layer->items, "key", UINT32_MAX, &key) ||
	    !find_number(c, layer->items, "seq", UINT32_MAX, &sequence))
		return false;
	for (const struct expr *word = flags ? flags->items : NULL; word; word = word->next) {
		size_t i = 0, count = sizeof(words) / sizeof(*words);

		while (i < count && (word->kind != EXPR_WORD || strcmp(words[i].name, word->text)))
			i++;
		if (i == count) {
			diag_error(c->diag, word->where,
			           "GRE's flags are none, checksum, key and sequence present");
			return false;
		}
		bits |= words[i].flag;
	}
	return encapsulation_add_gre(outer, &(struct gre_fields){ (uint16_t)bits, (uint16_t)sum,
	                                                          (uint16_t)offset, (uint32_t)key,
	                                                          (uint32_t)sequence });
}

/* mpls (label 5, tc 0, ttl 9) (label 6, tc 0, [S], ttl 9) */
static bool outer_mpls(struct compiling *c, const struct expr *layer, bool inbound,
                       struct encapsulation *outer)
{
	(void)inbound;
	for (const struct expr *entry = layer->items; entry; entry = entry->next) {
		int64_t label = -1, traffic_class = 0, ttl = 0;
		unsigned before = diag_error_count(c->diag);
		const struct expr *bottom = find_kind(entry->items, EXPR_LIST);

		if (entry->kind != EXPR_CALL ||
		    !find_number(c, entry->items, "label", 0xfffff, &label) || label < 0 ||
		    !find_number(c, entry->items, "tc", 7, &traffic_class) ||
		    !find_number(c, entry->items, "ttl", 255, &ttl)) {
			if (diag_error_count(c->diag) == before)
				diag_error(c->diag, entry->where,
				           "this is written mpls (label N, tc N, [S], ttl N)");
			return false;
		}
		if (!encapsulation_add_mpls(
			    outer, &(struct mpls_entry){ (uint32_t)label, (uint8_t)traffic_class,
		                                         bottom != NULL, (uint8_t)ttl }))
			return false;
	}
	return true;
}

static bool (*const adders[])(struct compiling *c, const struct expr *layer, bool inbound,
                              struct encapsulation *outer) = {
	[LAYER_IP] = outer_ip,
	[LAYER_GRE] = outer_gre,
	[LAYER_MPLS] = outer_mpls,
};
static_assert(sizeof(adders) / sizeof(*adders) == LAYER_KINDS, "every kind of layer can be added");

bool compile_outer(struct compiling *c, const struct packet_node *node, struct packet_want *want)
{
	struct encapsulation outer = { .length = 0 };

	if (!node->outer)
		return true;
	for (const struct expr *layer = node->outer; layer; layer = layer->next) {
		unsigned before = diag_error_count(c->diag);
		enum layer_kind kind = reserved_find(layer->text)->layer;

		if (adders[kind](c, layer, node->inbound, &outer))
			continue;
		if (diag_error_count(c->diag) == before)
			diag_error(c->diag, layer->where, "%s cannot stand here", layer->text);
		return false;
	}
	if (strncmp(node->outer->text, "ipv", 3) ||
	    !encapsulation_close(&outer, c->settings->ip_version == IP_V6)) {
		diag_error(c->diag, node->outer->where,
		           "the headers around a packet begin with ipv4 or ipv6, "
		           "and the last label of MPLS is marked [S]");
		return false;
	}
	want->segment.outer = arena_memdup(c->arena, outer.bytes, outer.length);
	want->segment.outer_length = outer.length;
	return true;
}
