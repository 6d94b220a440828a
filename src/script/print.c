#include "script/print.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

/* ---- expressions ---- */

void print_string(const char *text, size_t length, FILE *out)
{
	static const char escaped[] = "\"\\\n\t\r", letters[] = "\"\\ntr";

	fputc('"', out);
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];
		const char *special = c ? strchr(escaped, c) : NULL;

		if (special)
			fprintf(out, "\\%c", letters[special - escaped]);
		else if (isprint(c))
			fputc(c, out);
		else
			fprintf(out, "\\x%02x", c);
	}
	fputc('"', out);
}

/* Prints a number as it was written. One that a program made has no text. */
static void print_number(const struct expr *expr, FILE *out)
{
	if (expr->text)
		fputs(expr->text, out);
	else if (expr->kind == EXPR_FLOAT)
		fprintf(out, "%s%" PRId64 ".%06" PRId64, expr->number < 0 ? "-" : "",
		        expr->number < 0 ? -(expr->number / USEC_PER_SEC)
		                         : expr->number / USEC_PER_SEC,
		        expr->number < 0 ? -(expr->number % USEC_PER_SEC)
		                         : expr->number % USEC_PER_SEC);
	else
		fprintf(out, "%" PRId64, expr->number);
}

static void print_list(const struct expr *items, const char *separator, FILE *out)
{
	for (const struct expr *item = items; item; item = item->next) {
		print_expr(item, out);
		if (item->next)
			fputs(separator, out);
	}
}

static void print_pair(const struct expr *pair, const char *sign, FILE *out)
{
	print_expr(pair->left, out);
	fputs(sign, out);
	print_expr(pair->right, out);
}

/* "ack 1", or only a word. */
static void print_attribute(const struct expr *expr, FILE *out)
{
	if (expr->kind == EXPR_FIELD)
		print_pair(expr, " ", out);
	else
		print_expr(expr, out);
}

static void print_attributes(const struct expr *items, const char *separator, FILE *out)
{
	for (const struct expr *item = items; item; item = item->next) {
		print_attribute(item, out);
		if (item->next)
			fputs(separator, out);
	}
}

void print_expr(const struct expr *expr, FILE *out)
{
	switch (expr->kind) {
	case EXPR_ELLIPSIS:
		fputs("...", out);
		break;
	case EXPR_STAR:
		fputc('*', out);
		break;
	case EXPR_NUMBER:
	case EXPR_FLOAT:
		print_number(expr, out);
		break;
	case EXPR_ABSOLUTE:
		print_number(expr, out);
		fputc('!', out);
		break;
	case EXPR_WORD:
	case EXPR_ADDRESS:
		fputs(expr->text, out);
		break;
	case EXPR_STRING:
	case EXPR_PREFIX:
		print_string(expr->text, expr->length, out);
		fputs(expr->kind == EXPR_PREFIX ? "..." : "", out);
		break;
	case EXPR_PAIR:
		print_pair(expr, " > ", out);
		break;
	case EXPR_FIELD:
		print_pair(expr, "=", out);
		break;
	case EXPR_OR:
		print_list(expr->items, "|", out);
		break;
	case EXPR_CALL:
		fprintf(out, "%s(", expr->text);
		print_list(expr->items, ", ", out);
		fputc(')', out);
		break;
	case EXPR_LIST:
		fputc('[', out);
		print_list(expr->items, ", ", out);
		fputc(']', out);
		break;
	case EXPR_RECORD:
		fputc('{', out);
		print_list(expr->items, ", ", out);
		fputc('}', out);
		break;
	case EXPR_KINDS:
		break;
	}
}

/* ---- packets ---- */

static void print_layer_items(const struct expr *items, const char *separator, FILE *out)
{
	for (const struct expr *item = items; item; item = item->next) {
		bool list = item->kind == EXPR_LIST, group = item->kind == EXPR_CALL;

		if (list || group) {
			fputc(list ? '[' : '(', out);
			print_layer_items(item->items, list ? " " : ", ", out);
			fputc(list ? ']' : ')', out);
		} else {
			print_attribute(item, out);
		}
		if (item->next)
			fputs(separator, out);
	}
}

/* "ipv4 A > B: gre: " */
static void print_layers(const struct expr *layers, FILE *out)
{
	for (const struct expr *layer = layers; layer; layer = layer->next) {
		fprintf(out, "%s%s", layer->text, layer->items ? " " : "");
		print_layer_items(layer->items, " ", out);
		fputs(": ", out);
	}
}

static void print_option_word(const struct expr *word, FILE *out)
{
	if (word->kind == EXPR_PAIR)
		print_pair(word, ":", out);
	else
		print_expr(word, out);
}

static void print_options(const struct expr *options, FILE *out)
{
	fputs(" <", out);
	for (const struct expr *option = options; option; option = option->next) {
		if (option->kind == EXPR_CALL)
			fputs(option->text, out);
		else
			print_expr(option, out);
		for (const struct expr *word = option->kind == EXPR_CALL ? option->items : NULL;
		     word; word = word->next) {
			fputc(' ', out);
			print_option_word(word, out);
		}
		if (option->next)
			fputc(',', out);
	}
	fputc('>', out);
}

/* 1:11(10), *(10), *(*) */
static void print_span(const struct expr *sequence, const struct expr *length, FILE *out)
{
	if (sequence->kind == EXPR_PAIR)
		print_pair(sequence, ":", out);
	else
		print_expr(sequence, out);
	fputc('(', out);
	print_expr(length, out);
	fputc(')', out);
}

static void print_tcp(const struct packet_node *packet, FILE *out)
{
	fprintf(out, "%s ", packet->flags.text);
	print_span(packet->sequence, packet->length, out);
	if (packet->absolute)
		fputc('!', out);
	if (packet->attributes)
		fputc(' ', out);
	print_attributes(packet->attributes, " ", out);
	if (packet->options)
		print_options(packet->options, out);
	if (packet->payload) {
		fputc(' ', out);
		print_expr(packet->payload, out);
	}
}

/* [1:11(10)], [udp (10)] */
static void print_quote(const struct expr *quote, FILE *out)
{
	if (quote->kind != EXPR_CALL)
		return;
	fputs(" [", out);
	if (quote->items->next) {
		print_span(quote->items, quote->items->next, out);
	} else {
		fprintf(out, "%s (", quote->text);
		print_expr(quote->items, out);
		fputc(')', out);
	}
	fputc(']', out);
}

static void print_icmp(const struct packet_node *packet, FILE *out)
{
	fprintf(out, "%s %s", packet->flags.text, packet->icmp_type.text);
	if (packet->icmp_code.text)
		fprintf(out, " %s", packet->icmp_code.text);
	if (packet->attributes)
		fputc(' ', out);
	print_attributes(packet->attributes, " ", out);
	if (packet->quote)
		print_quote(packet->quote, out);
}

void print_packet(const struct packet_node *packet, FILE *out)
{
	fputs(packet->inbound ? "< " : "> ", out);
	print_layers(packet->outer, out);
	if (packet->ip) {
		fputc('(', out);
		print_attributes(packet->ip, ", ", out);
		fputs(") ", out);
	}
	if (packet->protocol == PACKET_UDP)
		fprintf(out, "%s ", packet->flags.text);
	if (packet->ports) {
		print_pair(packet->ports, " > ", out);
		fputc(' ', out);
	}
	switch (packet->protocol) {
	case PACKET_TCP:
		print_tcp(packet, out);
		break;
	case PACKET_UDP:
		fputc('(', out);
		print_expr(packet->length, out);
		fputc(')', out);
		break;
	case PACKET_ICMP:
		print_icmp(packet, out);
		break;
	}
}

static void print_packets(const struct packet_node *packet, FILE *out)
{
	if (packet->modifier.text)
		fprintf(out, "%s ", packet->modifier.text);
	for (; packet; packet = packet->alternative) {
		print_packet(packet, out);
		fputs(packet->alternative ? " or " : "", out);
	}
}

/* ---- calls ---- */

static void print_range(const struct expr *expr, FILE *out)
{
	if (expr->kind == EXPR_PAIR)
		print_pair(expr, "~", out);
	else
		print_expr(expr, out);
}

/* ", timer timewait 60, rqueue 0": a name and its value stay together. */
static void print_tail(const struct expr *tail, FILE *out)
{
	bool taken = false;

	for (const struct expr *item = tail; item; item = item->next) {
		fputs(taken ? " " : ", ", out);
		taken = item->kind == EXPR_WORD && !taken;
		if (item->kind != EXPR_FIELD) {
			print_expr(item, out);
			continue;
		}
		fprintf(out, "%s ", item->left->text);
		print_range(item->right, out);
	}
}

static void print_call(const struct call_node *call, FILE *out)
{
	if (call->actor.text)
		fprintf(out, "%s: ", call->actor.text);
	fputs(call->name.text, out);
	if (call->has_arguments) {
		fputc('(', out);
		print_list(call->arguments, ", ", out);
		fputc(')', out);
	}
	if (call->result) {
		fputs(" = ", out);
		print_range(call->result, out);
	}
	if (call->error.text)
		fprintf(out, " %s", call->error.text);
	print_tail(call->tail, out);
}

/* ---- events ---- */

void print_when(const struct when *when, FILE *out)
{
	bool relative = when->form == WHEN_RELATIVE || when->form == WHEN_RELATIVE_RANGE;

	if (when->form == WHEN_ANY) {
		fputc('*', out);
		return;
	}
	fputs(relative ? "+" : "", out);
	print_expr(when->at, out);
	if (!when->until)
		return;
	fputs(relative ? "~+" : "~", out);
	print_expr(when->until, out);
}

void print_action(const struct event_node *event, FILE *out)
{
	switch (event->form) {
	case FORM_PACKET:
		print_packets(event->packet, out);
		break;
	case FORM_CALL:
		print_call(event->call, out);
		break;
	case FORM_COMMAND:
		fprintf(out, "`%s`", event->text);
		break;
	case FORM_CODE:
		fprintf(out, "%%{ %s }%%", event->text);
		break;
	case FORM_TEXT:
		break;
	}
}

/* Prints the time of an event, and the end of a call that blocks. */
static void print_time(const struct event_node *event, FILE *out)
{
	print_when(&event->when, out);
	if (event->form != FORM_CALL || !event->call->blocking)
		return;
	fputs("...", out);
	print_expr(event->call->end, out);
}

/* How many columns print_time() needs; -1 when there is no memory to try it. */
static int width_of_time(const struct event_node *event)
{
	char text[128];
	FILE *out = fmemopen(text, sizeof(text), "w");
	long width = -1;

	if (!out)
		return -1;
	print_time(event, out);
	width = ftell(out);
	fclose(out);
	return (int)width;
}

void print_event(const struct event_node *event, int column, FILE *out)
{
	int width = width_of_time(event);

	print_time(event, out);
	fprintf(out, "%*s", column > width ? column - width : 1, "");
	print_action(event, out);
	fputc('\n', out);
}

/* ---- the script ---- */

static void print_option(const struct option_node *option, FILE *out)
{
	const char *value = option->value.text;
	bool quoted = value && strpbrk(value, " \t") && !strpbrk(value, "\"`");

	fprintf(out, "--%s", option->name.text);
	if (value)
		fprintf(out, quoted ? "=\"%s\"" : "=%s", value);
	fputc('\n', out);
}

void print_script(const struct script *script, int column, FILE *out)
{
	for (const struct option_node *option = script->options; option; option = option->next)
		print_option(option, out);
	for (const struct directive_node *line = script->directives; line; line = line->next)
		fprintf(out, "%s%s%s\n", line->name.text, *line->text.text ? " " : "",
		        line->text.text);
	if (script->init_command.text)
		fprintf(out, "`%s`\n", script->init_command.text);
	for (const struct event_node *event = script->events; event; event = event->next)
		print_event(event, column, out);
	if (script->cleanup_command.text)
		fprintf(out, "`%s`\n", script->cleanup_command.text);
}
