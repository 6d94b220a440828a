#include "author/export.h"

#include <stdlib.h>
#include <string.h>

#include "author/export_call.h"
#include "author/export_packet.h"
#include "base/text.h"
#include "script/print.h"

enum {
	COLUMN = 9,            /* at which actions begin */
	FIRST_STAMP = 9000000, /* a script's own timestamps are smaller */
};

struct exporter {
	const struct export *what;
	struct losses losses;
	struct export_sockets sockets;
	usec_t clock, blocked_until; /* script time, as it is written */
	/* The time of events that became comments; the next event counts from there. */
	struct when carried;
	bool has_carried;
	bool last_is_silent; /* the last event that was written is a silence */
	bool says;           /* an event was written that is no comment */
	FILE *out;
};

/* ---- comments of the script ---- */

/* The comment that the script begins with. */
static void print_heading(const struct exporter *x)
{
	const char *line = x->what->text->text;

	while (!strncmp(line, "//", 2)) {
		size_t length = strcspn(line, "\n");

		fprintf(x->out, "%.*s\n", (int)length, line);
		line += length + (line[length] == '\n');
	}
	fprintf(x->out,
	        "//\n// From %s, by tcpclose-run --export=packetdrill. What begins with "
	        "\"lost:\"\n// is checked by tcpclose and cannot be said in packetdrill.\n",
	        x->what->title);
}

/* "// sent again": what is behind the action on its line */
static void print_remark(const struct exporter *x, const struct event_node *event)
{
	struct location at;

	if (!sources_locate(x->what->sources, event->where.end - 1, &at) ||
	    strcmp(at.path, x->what->text->path))
		return;
	const char *end = at.line_text + at.line_length, *rest = at.line_text + at.column;
	while (rest < end && (*rest == ' ' || *rest == '\t'))
		rest++;
	if (end - rest > 2 && !strncmp(rest, "//", 2))
		fprintf(x->out, "%*s%.*s\n", COLUMN, "", (int)(end - rest), rest);
}

static void print_lost(struct exporter *x)
{
	if (*x->losses.text)
		fprintf(x->out, "%*s// lost: %s\n", COLUMN, "", x->losses.text);
	x->losses.text[0] = '\0';
}

/* ---- times ---- */

static const struct expr *later(struct exporter *x, const struct expr *expr, usec_t by)
{
	struct expr *sum = expr_new(x->losses.arena, EXPR_FLOAT, expr->where);
	char *text, *end;

	if (!by)
		return expr;
	sum->number = expr_usec(expr) + by;
	text = arena_printf(x->losses.arena, "%.6f", (double)sum->number / USEC_PER_SEC);
	for (end = text + strlen(text); end[-1] == '0';)
		*--end = '\0';
	if (end[-1] == '.')
		end[-1] = '\0';
	sum->text = text;
	return sum;
}

/* Corrects the time of an event that counts from one that has become a comment. */
static void count_on(struct exporter *x, struct when *when)
{
	bool relative = when->form == WHEN_RELATIVE || when->form == WHEN_RELATIVE_RANGE;
	usec_t by = x->has_carried ? expr_usec(x->carried.at) : 0;

	if (!x->has_carried || !relative)
		return;
	when->at = later(x, when->at, by);
	if (when->until)
		when->until = later(x, when->until, by);
	if (x->carried.form == WHEN_ABSOLUTE)
		when->form = when->form == WHEN_RELATIVE ? WHEN_ABSOLUTE : WHEN_ABSOLUTE_RANGE;
}

/* An event has become a comment. What follows counts from its time. */
static void carry(struct exporter *x, struct when when)
{
	if (when.form != WHEN_RELATIVE && when.form != WHEN_ABSOLUTE)
		return;
	count_on(x, &when);
	x->carried = when;
	x->has_carried = true;
}

static void print_said(struct exporter *x, struct event_node event)
{
	if (event.form == FORM_CALL && event.call->blocking && x->has_carried) {
		struct when end = { .form = event.when.form, .at = event.call->end };

		count_on(x, &end);
		event.call = arena_memdup(x->losses.arena, event.call, sizeof(*event.call));
		event.call->end = (struct expr *)end.at;
	}
	count_on(x, &event.when);
	x->has_carried = false;
	x->says = true;
	print_event(&event, COLUMN, x->out);
}

/* ---- events ---- */

static bool is_sent(const struct event_node *event)
{
	return event->form == FORM_PACKET && !event->packet->inbound &&
	       !event->packet->modifier.text && !event->packet->ports;
}

/* packetdrill notices a segment that no line expects when it waits for the next one. */
static void export_silence(struct exporter *x, const struct event_node *event)
{
	const struct event_node *next = event->next;

	while (next && !is_sent(next))
		next = next->next;
	if (next)
		fprintf(x->out, "%*s// nothing is sent until here\n", COLUMN, "");
	else
		losses_add(&x->losses, "that nothing is sent");
	x->last_is_silent = true;
}

static enum said export_observation(struct exporter *x, const struct event_node *event)
{
	const struct call_node *call = event->call;
	const char *code;

	if (!strcmp(call->name.text, "silence")) {
		export_silence(x, event);
		return SAID_NOT;
	}
	if (strcmp(call->name.text, "state")) {
		losses_add(&x->losses, "the value of %s", call->name.text);
		return SAID_NOT;
	}
	if (export_state(&x->losses, call, &x->sockets, &code) != SAID)
		return SAID_NOT;
	struct event_node assertion = *event;
	assertion.form = FORM_CODE;
	assertion.text = code;
	print_lost(x);
	print_said(x, assertion);
	return SAID;
}

static bool is_observation(const struct call_node *call)
{
	static const char *const words[] = { "state", "silence", "counter", "signal" };

	return TEXT_IS_IN(call->name.text, words);
}

/* While a call blocks, packetdrill makes no other call. */
static enum said check_blocking(struct exporter *x, const struct event_node *event)
{
	if (x->blocked_until && x->clock <= x->blocked_until)
		return losses_refuse(&x->losses, event->call->name.where,
		                     "a call while another one blocks");
	if (event->call->blocking)
		x->blocked_until = (event->when.form == WHEN_ABSOLUTE ? 0 : x->clock) +
		                   expr_usec(event->call->end);
	return SAID;
}

static enum said export_a_call(struct exporter *x, struct event_node *event)
{
	const struct call_node *said;
	enum said how = check_blocking(x, event);

	if (how == SAID)
		how = export_call(&x->losses, event->call, &said);
	export_follow_call(&x->sockets, event->call);
	if (how != SAID)
		return how;
	event->call = (struct call_node *)said;
	print_lost(x);
	print_said(x, *event);
	return SAID;
}

static enum said export_a_packet(struct exporter *x, struct event_node *event)
{
	const struct packet_node *said;

	/* It may be what ends the call that blocks; otherwise the next call is. */
	if (event->packet->inbound && x->clock >= x->blocked_until)
		x->blocked_until = 0;
	enum said how = export_packet(&x->losses, event->packet, &said);
	if (how == SAID)
		how = export_follow_packet(&x->losses, &x->sockets, event->packet);
	if (how != SAID)
		return how;
	event->packet = (struct packet_node *)said;
	print_lost(x);
	print_said(x, *event);
	return SAID;
}

static enum said export_event(struct exporter *x, const struct event_node *event)
{
	struct event_node copy = *event;

	switch (event->form) {
	case FORM_PACKET:
		return export_a_packet(x, &copy);
	case FORM_CALL:
		return is_observation(event->call) ? export_observation(x, event)
		                                   : export_a_call(x, &copy);
	case FORM_COMMAND:
	case FORM_CODE:
		print_said(x, copy);
		return SAID;
	case FORM_TEXT:
		break;
	}
	return SAID;
}

static void advance(struct exporter *x, const struct when *when)
{
	usec_t at = when->at ? expr_usec(when->at) : 0;
	bool absolute = when->form == WHEN_ABSOLUTE || when->form == WHEN_ABSOLUTE_RANGE;

	x->clock = absolute ? at : x->clock + at;
}

/* An event that becomes a comment is shown as it was. */
static void print_as_comment(struct exporter *x, const struct event_node *event)
{
	if (!*x->losses.text)
		return;
	print_lost(x);
	fprintf(x->out, "// ");
	print_event(event, COLUMN - 3, x->out);
}

static bool export_events(struct exporter *x)
{
	bool good = true;

	for (const struct event_node *event = x->what->script->events; event; event = event->next) {
		x->last_is_silent = false;
		advance(x, &event->when);
		print_remark(x, event);
		enum said how = export_event(x, event);
		good &= how != SAID_BAD;
		if (how == SAID_NOT) {
			print_as_comment(x, event);
			carry(x, event->when);
		}
	}
	return good;
}

/* ---- what comes before the events ---- */

static const char *const options[] = {
	"bind_port",
	"connect_port",
	"local_ip",
	"remote_ip",
	"gateway_ip",
	"netmask_ip",
	"mtu",
	"mss",
	"speed",
	"tolerance_usecs",
	"tolerance_percent",
	"tcp_ts_ecr_scaled",
	"tcp_ts_tick_usecs",
	"strict_segments",
	"non_fatal",
	"is_anyip",
	"send_omit_free",
	"code_command",
	"code_format",
	"code_sockopt",
};

static void export_options(const struct exporter *x)
{
	for (const struct option_node *o = x->what->script->options; o; o = o->next) {
		const char *value = o->value.text;
		bool known = !strcmp(o->name.text, "ip_version") && value && !strchr(value, ',') &&
		             strcmp(value, "all");

		for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
			known |= !strcmp(o->name.text, options[i]);
		if (!known && strcmp(o->name.text, "define"))
			fprintf(x->out, "// not packetdrill's: ");
		if (strcmp(o->name.text, "define"))
			fprintf(x->out, "--%s%s%s\n", o->name.text, value ? "=" : "",
			        value ? value : "");
	}
}

/* net.ipv4.tcp_rmem = 4096 87380 16777216, and the same with the value in quotes */
static void print_sysctl(const struct exporter *x, const char *text)
{
	size_t name = strcspn(text, " \t=");
	const char *value = text + name + strspn(text + name, " \t=");
	const char *quote = *value != '"' && strpbrk(value, " \t") ? "\"" : "";

	fprintf(x->out, "sysctl -q %.*s=%s%s%s\n", (int)name, text, quote, value, quote);
}

static bool fixes_scale(const struct script *script)
{
	for (const struct event_node *event = script->events; event; event = event->next)
		if (event->form == FORM_PACKET && export_fixes_scale(event->packet))
			return true;
	return false;
}

/*
 * The segment size that follows from the MTU: that of packetdrill's device, or of the option --mtu.
 */
static unsigned segment_size(const struct script *script)
{
	enum { DEVICE = 1500, HEADERS = 40 };
	unsigned long mtu = DEVICE;

	for (const struct option_node *o = script->options; o; o = o->next)
		if (!strcmp(o->name.text, "mtu") && o->value.text)
			mtu = strtoul(o->value.text, NULL, 10);
	return (unsigned)mtu - HEADERS;
}

/* Directives that set nothing are written as comments for the reader. */
static void export_directives(const struct exporter *x)
{
	const struct script *script = x->what->script;
	bool scaled = fixes_scale(script);
	size_t sysctls = scaled;

	for (const struct directive_node *d = script->directives; d; d = d->next) {
		if (!strcmp(d->name.text, "sysctl"))
			sysctls++;
		else if (strcmp(d->name.text, "cases"))
			fprintf(x->out, "// %s %s\n", d->name.text, d->text.text);
	}
	if (!sysctls && !script->init_command.text)
		return;
	fputs("\n`", x->out);
	if (scaled)
		fputs("sysctl -q net.ipv4.tcp_rmem=\"" EXPORT_MEMORY "\"\n", x->out);
	for (const struct directive_node *d = script->directives; d; d = d->next)
		if (!strcmp(d->name.text, "sysctl"))
			print_sysctl(x, d->text.text);
	if (script->init_command.text)
		fprintf(x->out, "%s\n", script->init_command.text);
	fputs("`\n", x->out);
}

bool export_packetdrill(const struct export *export, struct arena *arena, struct diag *diag,
                        FILE *out)
{
	struct exporter x = {
		.what = export,
		.losses = { .arena = arena,
		            .diag = diag,
		            .mss = segment_size(export->script),
		            .next_stamp = FIRST_STAMP },
		.sockets = { .under_test = -1 },
		.out = out,
	};

	print_heading(&x);
	export_options(&x);
	export_directives(&x);
	fputc('\n', out);
	bool good = export_events(&x);
	if (good && !x.says) {
		diag_error(diag,
		           export->script->events
		                   ? export->script->events->where
		                   : (struct range){ export->text->base, export->text->base },
		           "packetdrill has no words for any line of this script");
		good = false;
	}
	if (!x.last_is_silent)
		fprintf(out, "%*s// lost: that nothing more is sent\n", COLUMN, "");
	if (export->script->cleanup_command.text)
		fprintf(out, "`%s`\n", export->script->cleanup_command.text);
	return good;
}
