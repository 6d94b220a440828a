/*
 * Processes: twins of the test's own process, which make calls, and programs, which the script sees
 * only from outside. Both have names in the script.
 */
#include "program/compile_process.h"

#include <string.h>

#include "program/compile_value.h"
#include "program/symbols.h"

static const struct {
	const char *name;
	const char *form;
} rows[PROCESS_ACTIONS] = {
	[PROCESS_FORK] = { "fork", "fork() = NAME" },
	[PROCESS_RUN] = { "run", "run(\"command\") = NAME" },
	[PROCESS_EXIT] = { "exit", "NAME: exit(N)" },
	[PROCESS_EXEC] = { "exec", "NAME: exec(\"command\")" },
	[PROCESS_KILL] = { "kill", "kill(NAME, SIGNAL) = 0" },
	[PROCESS_WAIT] = { "wait", "wait(NAME) = N" },
};

bool process_find(const char *name, enum process_action *action)
{
	for (int i = 0; i < PROCESS_ACTIONS; i++)
		if (!strcmp(rows[i].name, name)) {
			*action = (enum process_action)i;
			return true;
		}
	return false;
}

const char *process_at(size_t index)
{
	return index < PROCESS_ACTIONS ? rows[index].name : NULL;
}

bool process_by_name(const struct compiling *c, const char *name, unsigned *number)
{
	for (unsigned i = c->process_count; i-- > 1;)
		if (!strcmp(c->processes[i].name, name)) {
			*number = i;
			return true;
		}
	return false;
}

static bool wrong_form(struct compiling *c, const struct call_node *node,
                       enum process_action action)
{
	diag_error(c->diag, node->name.where, "this is written %s", rows[action].form);
	return false;
}

/* A twin begins with the descriptors that the test has now; a program has none of them. */
static bool new_process(struct compiling *c, const struct call_node *node, bool program,
                        struct process_want *want)
{
	const struct expr *name = node->result;
	unsigned other;

	if (process_by_name(c, name->text, &other)) {
		diag_error(c->diag, name->where, "there is already a process '%s'", name->text);
		return false;
	}
	if (c->settings->real_peer && !strcmp(name->text, PEER_WORD)) {
		diag_error(c->diag, name->where, "'%s' is the other end of the link", name->text);
		return false;
	}
	if (c->process_count == PROCESSES) {
		diag_error(c->diag, name->where, "there are more than %d processes", PROCESSES - 1);
		return false;
	}
	struct process_names *process = &c->processes[c->process_count];
	*process = c->processes[0];
	process->name = name->text;
	process->is_program = program;
	want->process = c->process_count++;
	want->at_peer = c->at_peer;
	return true;
}

static bool named_process(struct compiling *c, const struct expr *name, struct process_want *want)
{
	if (name->kind == EXPR_WORD && process_by_name(c, name->text, &want->process))
		return true;
	diag_error(c->diag, name->where, "there is no process of this name here");
	return false;
}

static bool compile_exit(struct compiling *c, const struct call_node *node,
                         struct process_want *want)
{
	const struct expr *status = node->arguments;
	struct expr name = { .kind = EXPR_WORD,
		             .text = node->actor.text,
		             .where = node->actor.where };
	int64_t number;

	if (!node->actor.text || !status || status->next)
		return wrong_form(c, node, PROCESS_EXIT);
	if (!named_process(c, &name, want) ||
	    !compile_number(c, status, "the exit status", 0, 255, &number))
		return false;
	want->number = (int)number;
	if (!c->processes[want->process].is_program)
		return true;
	diag_error(c->diag, node->actor.where, "'%s' is a program and ends by itself",
	           node->actor.text);
	return false;
}

static bool compile_exec(struct compiling *c, const struct call_node *node,
                         struct process_want *want)
{
	const struct expr *command = node->arguments;
	struct expr name = { .kind = EXPR_WORD,
		             .text = node->actor.text,
		             .where = node->actor.where };

	if (!node->actor.text || node->result || !command || command->next ||
	    command->kind != EXPR_STRING)
		return wrong_form(c, node, PROCESS_EXEC);
	if (!named_process(c, &name, want))
		return false;
	if (c->processes[want->process].is_program) {
		diag_error(c->diag, node->actor.where, "'%s' is a program already",
		           node->actor.text);
		return false;
	}
	c->processes[want->process].is_program = true;
	want->text = command->text;
	return true;
}

static bool compile_kill(struct compiling *c, const struct call_node *node,
                         struct process_want *want)
{
	const struct expr *name = node->arguments, *signal = name ? name->next : NULL;
	int64_t number;

	if (!signal || signal->next || signal->kind != EXPR_WORD)
		return wrong_form(c, node, PROCESS_KILL);
	if (!symbol_find_in(SYMBOL_SIGNAL, signal->text, &number)) {
		report_unknown_symbol(c, signal);
		return false;
	}
	want->number = (int)number;
	if (!node->result || node->result->kind != EXPR_NUMBER || node->result->number)
		return wrong_form(c, node, PROCESS_KILL);
	return named_process(c, name, want);
}

static bool compile_wait(struct compiling *c, const struct call_node *node,
                         struct process_want *want)
{
	const struct expr *name = node->arguments, *status = node->result;
	int64_t number;

	if (!name || name->next || !status ||
	    (status->kind != EXPR_NUMBER && status->kind != EXPR_WORD))
		return wrong_form(c, node, PROCESS_WAIT);
	bool signal = status->kind == EXPR_WORD;
	if (signal ? !symbol_find_in(SYMBOL_SIGNAL, status->text, &number)
	           : !compile_number(c, status, "the exit status", 0, 255, &number)) {
		if (signal)
			report_unknown_symbol(c, status);
		return false;
	}
	number += signal ? 128 : 0;
	want->status = (struct number_range){ true, number, number, status->where };
	return named_process(c, name, want);
}

/* What a process does itself stands behind its name. */
static bool is_own(enum process_action action)
{
	return action == PROCESS_EXIT || action == PROCESS_EXEC;
}

struct process_want *compile_process(struct compiling *c, const struct call_node *node,
                                     enum process_action action)
{
	struct process_want *want = arena_alloc(c->arena, sizeof(*want));
	const struct expr *first = node->arguments;
	bool named = node->result && node->result->kind == EXPR_WORD, good = false;

	want->action = action;
	switch (action) {
	case PROCESS_FORK:
		good = !first && named ? new_process(c, node, false, want)
		                       : wrong_form(c, node, action);
		break;
	case PROCESS_RUN:
		good = first && !first->next && first->kind == EXPR_STRING && named
		               ? new_process(c, node, true, want)
		               : wrong_form(c, node, action);
		want->text = good ? first->text : NULL;
		break;
	case PROCESS_EXIT:
		good = compile_exit(c, node, want);
		break;
	case PROCESS_EXEC:
		good = compile_exec(c, node, want);
		break;
	case PROCESS_KILL:
		good = compile_kill(c, node, want);
		break;
	case PROCESS_WAIT:
		good = compile_wait(c, node, want);
		break;
	case PROCESS_ACTIONS:
		break;
	}
	if (good && c->at_peer && action != PROCESS_FORK && action != PROCESS_RUN) {
		diag_error(c->diag, node->name.where, "a process is named, wherever it is");
		diag_hint(c->diag, "write %s", rows[action].form);
		return NULL;
	}
	if (good && (node->blocking || node->tail || (node->actor.text && !is_own(action))))
		return wrong_form(c, node, action), NULL;
	return good ? want : NULL;
}
