/*
 * What packetdrill reads follows from its grammar: each number of a segment is written, the options
 * are compared as a whole or not at all, and a line is one segment, which must come.
 */
#include "author/export_packet.h"

#include <string.h>

#include "base/text.h"

static bool is_open(const struct expr *expr)
{
	return expr->kind == EXPR_STAR || expr->kind == EXPR_ELLIPSIS;
}

static struct expr *copy_expr(struct losses *losses, const struct expr *expr)
{
	return arena_memdup(losses->arena, expr, sizeof(*expr));
}

/* ---- numbers ---- */

/* In a segment, packetdrill has no hexadecimal numbers. */
static struct expr *decimal(struct losses *losses, const struct expr *expr)
{
	struct expr *number = copy_expr(losses, expr);

	number->text = NULL;
	return number;
}

static enum said export_sequence(struct losses *losses, struct packet_node *packet)
{
	const struct expr *sequence = packet->sequence;

	if (packet->absolute)
		return losses_refuse(losses, sequence->where,
		                     "a sequence number that is the one on the wire ('!')");
	if (sequence->kind != EXPR_PAIR || is_open(sequence->left) || is_open(sequence->right))
		return losses_refuse(losses, sequence->where,
		                     "a sequence number that is left open");
	if (is_open(packet->length))
		return losses_refuse(losses, packet->length->where, "a length that is left open");
	struct expr *pair = copy_expr(losses, sequence);
	pair->left = decimal(losses, sequence->left);
	pair->right = decimal(losses, sequence->right);
	packet->sequence = pair;
	packet->length = decimal(losses, packet->length);
	return SAID;
}

/* ack 1, win 100, urg 3, in packetdrill's order. A window that is left open is left out. */
static enum said export_attributes(struct losses *losses, struct packet_node *packet)
{
	static const char *const order[] = { "ack", "win", "urg" };
	struct expr_list list = { NULL, NULL };
	bool windowed = false;

	for (const struct expr *field = packet->attributes; field; field = field->next)
		if (!strcmp(field->left->text, "badsum") || !strcmp(field->left->text, "offset"))
			return losses_refuse(losses, field->where, "a malformed header");
	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++)
		for (const struct expr *field = packet->attributes; field; field = field->next) {
			if (field->kind != EXPR_FIELD || strcmp(field->left->text, order[i]))
				continue;
			bool window = !strcmp(order[i], "win");
			if (is_open(field->right) && window)
				continue;
			if (is_open(field->right))
				return losses_refuse(losses, field->where,
				                     "'%s' with a number that is left open",
				                     order[i]);
			windowed |= window;
			struct expr *copy = copy_expr(losses, field);
			copy->right = decimal(losses, field->right);
			copy->next = NULL;
			expr_append(&list, copy);
		}
	if (packet->inbound && !windowed) {
		struct expr *window = expr_new(losses->arena, EXPR_FIELD, packet->sequence->where);
		window->left = expr_new(losses->arena, EXPR_WORD, packet->sequence->where);
		window->left->text = "win";
		window->right = expr_new(losses->arena, EXPR_NUMBER, packet->sequence->where);
		window->right->number = 0;
		expr_append(&list, window);
	}
	packet->attributes = list.first;
	return SAID;
}

/* ---- options ---- */

static const char *const option_names[] = {
	"nop", "eol", "mss", "wscale", "sackOK", "sack", "TS", "md5", "FO", "FOEXP", "ECN",
};

/*
 * In packetdrill, no number can be left open. It does not compare the two numbers of a timestamp,
 * but learns the first one. The segment size follows from the device. The window scale is fixed by
 * the memory for which export_fixes_scale() asks.
 */
static void close_number(struct losses *losses, const char *option, size_t index, struct expr *word)
{
	word->kind = EXPR_NUMBER;
	word->text = NULL;
	if (!strcmp(option, "mss"))
		word->number = losses->mss;
	else if (!strcmp(option, "wscale"))
		word->number = EXPORT_SCALE;
	else
		word->number = index == 1 ? losses->next_stamp++ : 0;
}

static bool can_close(const struct expr *option)
{
	return option->kind == EXPR_CALL &&
	       (!strcmp(option->text, "mss") || !strcmp(option->text, "wscale") ||
	        !strcmp(option->text, "TS"));
}

static struct expr *closed_option(struct losses *losses, const struct expr *option)
{
	struct expr *copy = copy_expr(losses, option);
	struct expr_list words = { NULL, NULL };
	size_t index = 0;

	for (const struct expr *word = option->items; word; word = word->next) {
		struct expr *number = copy_expr(losses, word);

		number->next = NULL;
		if (is_open(number))
			close_number(losses, option->text, index, number);
		index++;
		expr_append(&words, number);
	}
	copy->items = words.first;
	copy->next = NULL;
	return copy;
}

/* Tells whether packetdrill has this option with all its numbers. */
static bool is_plain_option(const struct expr *option)
{
	bool known = false;

	for (size_t i = 0; i < sizeof(option_names) / sizeof(*option_names); i++)
		known |= option->kind == EXPR_CALL && !strcmp(option->text, option_names[i]);
	for (const struct expr *word = known ? option->items : NULL; word; word = word->next) {
		known &= !is_open(word) && word->kind != EXPR_ABSOLUTE;
		known &= word->kind != EXPR_WORD || strcmp(word->text, "valid");
	}
	return known;
}

bool export_fixes_scale(const struct packet_node *packet)
{
	if (packet->inbound || packet->protocol != PACKET_TCP)
		return false;
	for (const struct expr *option = packet->options; option; option = option->next)
		if (option->kind == EXPR_CALL && !strcmp(option->text, "wscale") && option->items &&
		    is_open(option->items))
			return true;
	return false;
}

static void close_options(struct losses *losses, struct packet_node *packet)
{
	struct expr_list options = { NULL, NULL };

	for (const struct expr *option = packet->options; option; option = option->next) {
		struct expr *copy = can_close(option) ? closed_option(losses, option)
		                                      : copy_expr(losses, option);

		copy->next = NULL;
		expr_append(&options, copy);
	}
	packet->options = options.first;
}

static enum said export_options(struct losses *losses, struct packet_node *packet)
{
	if (!packet->inbound)
		close_options(losses, packet);
	for (const struct expr *option = packet->options; option; option = option->next) {
		if (is_plain_option(option) || (!packet->inbound && is_open(option)))
			continue;
		if (packet->inbound)
			return losses_refuse(losses, option->where, "this option");
		losses_add(losses, "the options, which packetdrill compares whole or not at all");
		packet->options = expr_new(losses->arena, EXPR_ELLIPSIS, packet->options_where);
		return SAID;
	}
	return SAID;
}

/* ---- the IP header ---- */

/* (tos 0x10), (ttl 3), (flowlabel 0x1), [ect0], or (tos 0x10, flowlabel 0x1) */
static bool is_plain_ip(const struct expr *ip)
{
	static const char *const words[] = { "noecn", "ect0", "ect1", "ect01", "ce" };
	const struct expr *second = ip->next;

	if (ip->kind == EXPR_WORD)
		return TEXT_IS_IN(ip->text, words) && !second;
	if (ip->kind != EXPR_FIELD || is_open(ip->right))
		return false;
	if (!strcmp(ip->left->text, "ttl") || !strcmp(ip->left->text, "flowlabel"))
		return !second;
	return !strcmp(ip->left->text, "tos") &&
	       (!second || (second->kind == EXPR_FIELD &&
	                    !strcmp(second->left->text, "flowlabel") && !second->next));
}

/* In packetdrill, the numbers in the IP header are hexadecimal, except those of ttl. */
static struct expr *hexadecimal(struct losses *losses, const struct expr *list)
{
	struct expr_list fields = { NULL, NULL };

	for (const struct expr *field = list; field; field = field->next) {
		struct expr *copy = copy_expr(losses, field);

		copy->next = NULL;
		if (copy->kind == EXPR_FIELD && strcmp(copy->left->text, "ttl")) {
			copy->right = copy_expr(losses, copy->right);
			copy->right->text = arena_printf(losses->arena, "0x%llx",
			                                 (long long)copy->right->number);
		}
		expr_append(&fields, copy);
	}
	return fields.first;
}

/*
 * Here, a label that is expected stands for the one that the kernel chose; in packetdrill it stands
 * for itself.
 */
static bool has_label(const struct expr *ip)
{
	for (; ip; ip = ip->next)
		if (ip->kind == EXPR_FIELD && !strcmp(ip->left->text, "flowlabel"))
			return true;
	return false;
}

static enum said export_ip(struct losses *losses, struct packet_node *packet)
{
	if (!packet->ip)
		return SAID;
	if (is_plain_ip(packet->ip) && (packet->inbound || !has_label(packet->ip))) {
		packet->ip = hexadecimal(losses, packet->ip);
		return SAID;
	}
	if (packet->inbound)
		return losses_refuse(losses, packet->ip->where,
		                     "these fields of the IP header together");
	losses_add(losses, "fields of the IP header");
	packet->ip = NULL;
	return SAID;
}

/* ---- a line ---- */

static enum said export_tcp(struct losses *losses, struct packet_node *packet)
{
	enum said (*const parts[])(struct losses *, struct packet_node *) = {
		export_sequence,
		export_attributes,
		export_options,
	};
	enum said said = SAID;

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts) && said == SAID; i++)
		said = parts[i](losses, packet);
	if (packet->payload && !packet->inbound)
		losses_add(losses, "the bytes of the data");
	packet->payload = NULL;
	return said;
}

/* packetdrill knows one connection; others are played beside it. */
static enum said export_ports(struct losses *losses, const struct packet_node *packet)
{
	if (!packet->ports)
		return SAID;
	if (packet->inbound)
		return losses_refuse(losses, packet->ports->where,
		                     "a second connection, as these ports begin or name one");
	losses_add(losses, "a segment of another connection");
	return SAID_NOT;
}

/* Codes of ICMP that packetdrill has no name for are written as numbers. */
static const char *icmp_code_there(const char *name)
{
	static const char *const codes[][2] = {
		{ "exceeded_ttl", "code_0" },        { "ttl_exceeded_in_transit", "code_0" },
		{ "exceeded_hop_limit", "code_0" },  { "exceeded_frag_time", "code_1" },
		{ "frag_reass_exceeded", "code_1" },
	};

	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++)
		if (!strcmp(name, codes[i][0]))
			return codes[i][1];
	return name;
}

enum said export_packet(struct losses *losses, const struct packet_node *packet,
                        const struct packet_node **said)
{
	struct packet_node *copy = arena_memdup(losses->arena, packet, sizeof(*packet));
	enum said how = export_ports(losses, packet);

	*said = copy;
	if (how != SAID)
		return how;
	if (packet->left_out.text)
		return losses_refuse(losses, packet->left_out.where, "'%s'", packet->left_out.text);
	/* Whatever was written, the test would fail on some kernel that is right. */
	if (packet->modifier.text)
		return losses_refuse(losses, packet->modifier.where,
		                     "a segment that may come or not");
	if (packet->alternative)
		return losses_refuse(losses, packet->alternative->flags.where,
		                     "one of two segments");
	if (packet->protocol == PACKET_ICMP && packet->icmp_code.text)
		copy->icmp_code.text = icmp_code_there(packet->icmp_code.text);
	how = export_ip(losses, copy);
	if (how == SAID && packet->protocol == PACKET_TCP)
		how = export_tcp(losses, copy);
	return how;
}
