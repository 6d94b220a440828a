#include "program/compile.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

#include "base/setting.h"
#include "base/suggest.h"
#include "program/compile_call.h"
#include "program/compile_link.h"
#include "program/compile_observe.h"
#include "program/compile_packet.h"
#include "program/compile_process.h"
#include "program/compile_value.h"
#include "program/family.h"
#include "program/options.h"
#include "script/directives.h"
#include "script/foreign.h"

/* ---- options ---- */

static bool apply_option(const struct option_node *node, struct arena *arena, struct diag *diag,
                         struct settings *settings)
{
	const struct option_row *row = option_find(node->name.text);

	if (!row) {
		struct suggestion near = { .wanted = node->name.text };

		for (size_t i = 0; option_at(i); i++)
			suggest_offer(&near, option_name(option_at(i)));
		diag_error(diag, node->name.where, "unknown option --%s", node->name.text);
		if (near.best)
			diag_hint(diag, "did you mean --%s?", near.best);
		return false;
	}
	const char *why = option_set(row, node->value.text, settings, arena);
	if (why)
		diag_error(diag, node->value.text ? node->value.where : node->name.where,
		           "--%s: %s", option_name(row), why);
	return !why;
}

bool compile_settings(const struct script *script, struct arena *arena, struct diag *diag,
                      struct settings *settings)
{
	bool good = true;

	for (const struct option_node *node = script->options; node; node = node->next)
		good &= apply_option(node, arena, diag, settings);
	return good;
}

/* ---- directives ---- */

static struct setting *no_sysctl(struct compiling *c, const struct directive_node *node,
                                 size_t length)
{
	diag_error(c->diag, node->text.where, "'%.*s' is not the name of a sysctl", (int)length,
	           node->text.text);
	return NULL;
}

/* NAME = VALUE */
static struct setting *compile_sysctl(struct compiling *c, const struct directive_node *node)
{
	const char *text = node->text.text, *equals = strchr(text, '=');
	size_t length = equals ? (size_t)(equals - text) : 0;

	while (length && isspace((unsigned char)text[length - 1]))
		length--;
	if (!length || !equals[1 + strspn(equals + 1, " \t")]) {
		diag_error(c->diag, node->text.where, "this is written sysctl NAME = VALUE");
		return NULL;
	}
	for (size_t i = 0; i < length; i++)
		if (!isalnum((unsigned char)text[i]) && !strchr("._/-", text[i]))
			return no_sysctl(c, node, length);
	if (strstr(arena_strndup(c->arena, text, length), ".."))
		return no_sysctl(c, node, length);
	if (strncmp(text, "net.", 4) && strncmp(text, "net/", 4)) {
		diag_error(c->diag, node->text.where,
		           "only sysctls of the namespace (net.*) can be set");
		return NULL;
	}
	const char *value = equals + 1 + strspn(equals + 1, " \t");
	size_t end = strlen(value);
	if (end >= 2 && value[0] == '"' && value[end - 1] == '"')
		value++, end -= 2;
	struct setting *sysctl = arena_alloc(c->arena, sizeof(*sysctl));
	sysctl->name = arena_strndup(c->arena, text, length);
	sysctl->value = arena_strndup(c->arena, value, end);
	sysctl->where = node->text.where;
	return sysctl;
}

static bool compile_directives(struct compiling *c, const struct script *script,
                               struct program *program)
{
	bool good = true;
	const struct setting **next_sysctl = &program->sysctls;
	const struct directive **next = &program->directives;

	for (const struct directive_node *node = script->directives; node; node = node->next) {
		if (directive_find(node->name.text)->kind == DIRECTIVE_SYSCTL) {
			struct setting *sysctl = compile_sysctl(c, node);

			good &= sysctl != NULL;
			if (sysctl) {
				*next_sysctl = sysctl;
				next_sysctl = (const struct setting **)&sysctl->next;
			}
			continue;
		}
		struct directive *directive = arena_alloc(c->arena, sizeof(*directive));
		*directive = (struct directive){ node->name.text, node->text.text, node->text.where,
			                         NULL };
		*next = directive;
		next = (const struct directive **)&directive->next;
	}
	return good;
}

/* ---- events ---- */

/* "peer: state = ...": what is asked for is at the other end of the link. */
static struct call_node without_peer(struct compiling *c, const struct call_node *node)
{
	struct call_node here = *node;

	c->at_peer =
		c->settings->real_peer && node->actor.text && !strcmp(node->actor.text, PEER_WORD);
	if (c->at_peer)
		here.actor = (struct word){ 0 };
	return here;
}

/* A call, or one of the words that look like a call. */
static bool compile_named(struct compiling *c, const struct event_node *event, struct step *step)
{
	const struct call_node *node = event->call, here = without_peer(c, node);
	const struct syscall_row *row = syscall_find(node->name.text);
	enum observe_kind kind;
	enum process_action action;

	if (row && node->has_arguments) {
		step->kind = STEP_CALL;
		step->call = compile_call(c, node, row, step);
		return step->call != NULL;
	}
	if (observe_find(node->name.text, &kind)) {
		step->kind = STEP_OBSERVE;
		step->observe = compile_observe(c, &here, kind);
		return step->observe != NULL;
	}
	if (process_find(node->name.text, &action)) {
		step->kind = STEP_PROCESS;
		step->process = compile_process(c, &here, action);
		return step->process != NULL;
	}
	if (link_is(node->name.text)) {
		step->kind = STEP_LINK;
		step->link = compile_link(c, &here);
		return step->link != NULL;
	}
	struct suggestion near = { .wanted = node->name.text };
	for (size_t i = 0; syscall_at(i); i++)
		suggest_offer(&near, syscall_at(i)->name);
	for (size_t i = 0; observe_at(i); i++)
		suggest_offer(&near, observe_at(i));
	if (row)
		diag_error(c->diag, node->name.where, "the arguments of %s are missing", row->name);
	else
		diag_error(c->diag, node->name.where, "unknown system call '%s'", node->name.text);
	if (!row && foreign_reason(node->name.text))
		diag_hint(c->diag, "%s", foreign_reason(node->name.text));
	else if (!row && near.best)
		diag_hint(c->diag, "did you mean %s?", near.best);
	return false;
}

static bool check_time_form(struct compiling *c, const struct step *step)
{
	if (step->time == TIME_ANY && step->kind == STEP_EXPECT && step->packet &&
	    step->packet->optional) {
		diag_error(c->diag, step->time_where,
		           "a segment that may not come needs a time until which it may come");
		diag_hint(c->diag, "write a range of time: +0~+1 maybe > ...");
		return false;
	}
	if (step->time == TIME_RELATIVE || step->time == TIME_ABSOLUTE ||
	    step->kind == STEP_EXPECT) {
		bool range = step->time == TIME_RELATIVE_RANGE || step->time == TIME_ABSOLUTE_RANGE;

		if (!range || step->until >= step->at)
			return true;
		diag_error(c->diag, step->time_where, "the range of time ends before it begins");
		return false;
	}
	diag_error(c->diag, step->time_where,
	           step->time == TIME_ANY ? "the time * is for packets that the kernel sends"
	                                  : "a range of time is for packets that the kernel sends");
	return false;
}

static bool compile_event(struct compiling *c, const struct event_node *event, struct step *step)
{
	*step = (struct step){
		.where = event->where,
		.time_where = event->when.where,
		.time = (enum time_kind)event->when.form,
	};
	bool good = compile_time(c, event->when.at, &step->at);

	good &= compile_time(c, event->when.until, &step->until);
	switch (event->form) {
	case FORM_PACKET:
		step->kind = event->packet->inbound && !c->settings->real_peer ? STEP_INJECT
		                                                               : STEP_EXPECT;
		step->packet = compile_packet(c, event->packet);
		good &= step->packet != NULL;
		break;
	case FORM_CALL:
		good &= compile_named(c, event, step);
		break;
	case FORM_COMMAND:
	case FORM_CODE:
		step->kind = event->form == FORM_COMMAND ? STEP_COMMAND : STEP_CODE;
		step->text = event->text;
		break;
	case FORM_TEXT:
		break;
	}
	return check_time_form(c, step) && good;
}
static_assert((int)TIME_ABSOLUTE_RANGE == (int)WHEN_ABSOLUTE_RANGE &&
                      (int)TIME_ANY == (int)WHEN_ANY,
              "the forms of time are the same");

/* An event cannot be due before the earliest moment at which the event before it can be over. */
static bool check_order(struct compiling *c, const struct program *program)
{
	usec_t earliest = 0;
	bool good = true;

	for (size_t i = 0; i < program->count; i++) {
		const struct step *step = &program->steps[i];
		bool relative = step->time == TIME_RELATIVE || step->time == TIME_RELATIVE_RANGE;
		bool absolute = step->time == TIME_ABSOLUTE || step->time == TIME_ABSOLUTE_RANGE;

		usec_t due = step->time == TIME_ABSOLUTE_RANGE ? step->until : step->at;
		if (absolute && due < earliest) {
			diag_error(c->diag, step->time_where,
			           "time goes backwards: this is at %.6g s, and "
			           "the event before it is not over before %.6g s",
			           (double)due / USEC_PER_SEC, (double)earliest / USEC_PER_SEC);
			good = false;
		}
		if (relative && earliest < INT64_MAX / 2)
			earliest += step->at;
		else if (absolute && step->at > earliest)
			earliest = step->at;
	}
	return good;
}

static void count_expectations(struct program *program)
{
	unsigned after = 0;

	for (size_t i = program->count; i-- > 0;) {
		program->steps[i].expects_after = after;
		after += program->steps[i].kind == STEP_EXPECT;
	}
}

static struct step *add_step(struct compiling *c, struct program *program)
{
	program->steps = arena_grown(c->arena, program->steps, program->count, &c->room,
	                             sizeof(*program->steps));
	return &program->steps[program->count++];
}

struct compiling *compile_begin(const struct settings *settings, size_t expected,
                                struct arena *arena, struct diag *diag)
{
	struct arena *own = arena_new();
	struct compiling *c = arena_alloc(own, sizeof(*c));

	c->own = own;
	c->arena = arena;
	c->diag = diag;
	c->settings = settings;
	c->process_count = 1;
	c->program = arena_alloc(arena, sizeof(*c->program));
	c->room = expected + 1;
	c->program->steps = arena_alloc(arena, c->room * sizeof(*c->program->steps));
	c->good = true;
	return c;
}

void compile_add(struct compiling *c, const struct event_node *event)
{
	unsigned before = diag_error_count(c->diag);

	c->incomplete = before > c->own_errors;
	c->good &= compile_event(c, event, add_step(c, c->program));
	c->program->has_code |= event->form == FORM_CODE;
	c->program->has_commands |= event->form == FORM_COMMAND;
	c->own_errors += diag_error_count(c->diag) - before;
}

/* Checks what can only be said when all events are there. */
static bool finish_events(struct compiling *c, const struct script *script)
{
	if (!c->program->count && diag_error_count(c->diag) == 0) {
		diag_error(c->diag, (struct range){ 0, 0 }, "%s: the script has no events",
		           script->path);
		return false;
	}
	count_expectations(c->program);
	return check_order(c, c->program);
}

bool compile_end(struct compiling *c, const struct script *script, struct program **out)
{
	struct program *program = *out = c->program;

	program->path = script->path;
	program->settings = *c->settings;
	program->init_command = script->init_command.text;
	program->init_where = script->init_command.where;
	program->cleanup_command = script->cleanup_command.text;
	program->cleanup_where = script->cleanup_command.where;
	bool good = finish_events(c, script);
	good = compile_directives(c, script, program) && good && c->good;
	good &= family_check_sockets(program, c->diag);
	program->has_processes = c->process_count > 1;
	program->payload_open = c->sends_text || c->settings->real_peer;
	for (unsigned i = 1; i < c->process_count; i++)
		program->payload_open |= c->processes[i].is_program;
	arena_free(c->own);
	return good;
}

bool compile_script(const struct script *script, const struct settings *settings,
                    struct arena *arena, struct diag *diag, struct program **out)
{
	struct compiling *c = compile_begin(settings, script->event_count, arena, diag);

	for (const struct event_node *event = script->events; event; event = event->next)
		compile_add(c, event);
	return compile_end(c, script, out);
}
