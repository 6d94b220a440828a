#include "script/ast.h"

#include <ctype.h>

struct expr *expr_new(struct arena *arena, enum expr_kind kind, struct range where)
{
	struct expr *expr = arena_alloc(arena, sizeof(*expr));

	expr->kind = kind;
	expr->where = where;
	return expr;
}

void expr_append(struct expr_list *list, struct expr *item)
{
	if (list->last)
		list->last->next = item;
	else
		list->first = item;
	list->last = item;
}

usec_t expr_usec(const struct expr *expr)
{
	int64_t unit = expr && expr->kind == EXPR_NUMBER ? USEC_PER_SEC : 1;

	if (!expr)
		return 0;
	return expr->number > INT64_MAX / unit   ? INT64_MAX
	       : expr->number < INT64_MIN / unit ? INT64_MIN
	                                         : expr->number * unit;
}

/* ---- dump ---- */

static void dump_text(FILE *out, const char *text, size_t length)
{
	fputc('"', out);
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c == '"' || c == '\\')
			fprintf(out, "\\%c", c);
		else if (isprint(c))
			fputc(c, out);
		else
			fprintf(out, "\\x%02x", c);
	}
	fputc('"', out);
}

static void dump_expr(FILE *out, const struct expr *expr);

static void dump_joined(FILE *out, const struct expr *items, const char *sign)
{
	for (const struct expr *item = items; item; item = item->next) {
		dump_expr(out, item);
		if (item->next)
			fputs(sign, out);
	}
}

static void dump_items(FILE *out, const struct expr *items, char open, char close)
{
	fputc(open, out);
	dump_joined(out, items, ", ");
	fputc(close, out);
}

static void dump_binary(FILE *out, const struct expr *expr, const char *sign)
{
	dump_expr(out, expr->left);
	fputs(sign, out);
	dump_expr(out, expr->right);
}

static void dump_expr(FILE *out, const struct expr *expr)
{
	switch (expr->kind) {
	case EXPR_ELLIPSIS:
		fputs("...", out);
		break;
	case EXPR_STAR:
		fputc('*', out);
		break;
	case EXPR_NUMBER:
		fprintf(out, "%lld", (long long)expr->number);
		break;
	case EXPR_FLOAT:
		fprintf(out, "%lldu", (long long)expr->number);
		break;
	case EXPR_ABSOLUTE:
		fprintf(out, "%lld!", (long long)expr->number);
		break;
	case EXPR_WORD:
	case EXPR_ADDRESS:
		fputs(expr->text, out);
		break;
	case EXPR_STRING:
		dump_text(out, expr->text, expr->length);
		break;
	case EXPR_PREFIX:
		dump_text(out, expr->text, expr->length);
		fputs("...", out);
		break;
	case EXPR_PAIR:
		dump_binary(out, expr, ":");
		break;
	case EXPR_OR:
		dump_joined(out, expr->items, "|");
		break;
	case EXPR_FIELD:
		dump_binary(out, expr, "=");
		break;
	case EXPR_CALL:
		fputs(expr->text, out);
		dump_items(out, expr->items, '(', ')');
		break;
	case EXPR_LIST:
		dump_items(out, expr->items, '[', ']');
		break;
	case EXPR_RECORD:
		dump_items(out, expr->items, '{', '}');
		break;
	case EXPR_KINDS:
		break;
	}
}

static void dump_part(FILE *out, const char *name, const struct expr *expr)
{
	if (!expr)
		return;
	fprintf(out, " %s ", name);
	for (; expr; expr = expr->next) {
		dump_expr(out, expr);
		if (expr->next)
			fputc(' ', out);
	}
}

static void dump_word(FILE *out, const char *name, const struct word *word)
{
	if (word->text)
		fprintf(out, " %s %s", name, word->text);
}

static void dump_packet(FILE *out, const struct packet_node *packet)
{
	static const char *const protocols[] = { "tcp", "udp", "icmp" };

	if (packet->modifier.text)
		fprintf(out, "%s ", packet->modifier.text);
	fprintf(out, "%s %s", packet->inbound ? "inject" : "expect", protocols[packet->protocol]);
	dump_part(out, "outer", packet->outer);
	dump_part(out, "ip", packet->ip);
	dump_part(out, "ports", packet->ports);
	dump_word(out, "flags", &packet->flags);
	dump_word(out, "type", &packet->icmp_type);
	dump_word(out, "code", &packet->icmp_code);
	dump_part(out, "seq", packet->sequence);
	dump_part(out, "length", packet->length);
	dump_part(out, "with", packet->attributes);
	dump_part(out, "options", packet->options);
	dump_part(out, "quote", packet->quote);
	dump_part(out, "payload", packet->payload);
	if (packet->alternative) {
		fputs(" or ", out);
		dump_packet(out, packet->alternative);
	}
}

static void dump_call(FILE *out, const struct call_node *call)
{
	fputs(call->blocking ? "begin" : "call", out);
	if (call->end)
		fprintf(out, " until %lldu", (long long)expr_usec(call->end));
	dump_word(out, "by", &call->actor);
	fprintf(out, " %s", call->name.text);
	if (call->has_arguments)
		dump_items(out, call->arguments, '(', ')');
	dump_part(out, "=", call->result);
	dump_word(out, "error", &call->error);
	dump_part(out, "tail", call->tail);
}

static void dump_when(FILE *out, const struct when *when)
{
	static const char *const forms[] = { "+%lld", "%lld", "*", "+%lld~+%lld", "%lld~%lld" };

	fprintf(out, forms[when->form], (long long)expr_usec(when->at),
	        (long long)expr_usec(when->until));
	fputc(' ', out);
}

static void dump_event(FILE *out, const struct event_node *event)
{
	dump_when(out, &event->when);
	switch (event->form) {
	case FORM_PACKET:
		dump_packet(out, event->packet);
		break;
	case FORM_CALL:
		dump_call(out, event->call);
		break;
	case FORM_COMMAND:
		fprintf(out, "command `%s`", event->text);
		break;
	case FORM_CODE:
		fprintf(out, "code {%s}", event->text);
		break;
	case FORM_TEXT:
		break;
	}
	fputc('\n', out);
}

void script_dump(const struct script *script, FILE *out)
{
	for (const struct option_node *o = script->options; o; o = o->next)
		fprintf(out, "option %s%s%s\n", o->name.text, o->value.text ? " = " : "",
		        o->value.text ? o->value.text : "");
	for (const struct directive_node *d = script->directives; d; d = d->next)
		fprintf(out, "%s %s\n", d->name.text, d->text.text);
	if (script->init_command.text)
		fprintf(out, "init `%s`\n", script->init_command.text);
	for (const struct event_node *e = script->events; e; e = e->next)
		dump_event(out, e);
	if (script->cleanup_command.text)
		fprintf(out, "cleanup `%s`\n", script->cleanup_command.text);
}
