#include "script/parse.h"

#include "grammar/script.h"
#include "script/building.h"
#include "script/scanner.h"

static void parse_text(struct parsing *p, const struct source_text *text,
                       const struct case_table *table)
{
	p->text = text;
	void *scanner = scanner_open(p->arena, text, table, p->defines, p->diag);
	if (!scanner) {
		diag_error(p->diag, (struct range){ 0, 0 }, "%s: out of memory", text->path);
		return;
	}
	script_parse(p, scanner);
	scanner_close(scanner);
}

static void parse_inner(struct parsing *p, const struct source_text *text)
{
	parse_text(p, text, NULL);
}

bool parse_script_for(const struct event_taker *taker, struct arena *arena, struct sources *sources,
                      const struct source_text *text, const struct case_table *table,
                      struct defines *defines, struct diag *diag, struct script **script)
{
	unsigned errors = diag_error_count(diag), texts = 0;
	struct node_memory memory = { .taker = taker };
	struct parsing parsing = {
		.arena = arena,
		.memory = &memory,
		.sources = sources,
		.defines = defines,
		.diag = diag,
		.texts = &texts,
		.parse = parse_inner,
	};

	*script = parsing.script = arena_alloc(arena, sizeof(**script));
	parsing.script->path = text->path;
	parsing.next_event = &parsing.script->events;
	parsing.next_option = &parsing.script->options;
	parsing.next_directive = &parsing.script->directives;
	parse_text(&parsing, text, table);
	arena_free(memory.arenas[0]);
	arena_free(memory.arenas[1]);
	return diag_error_count(diag) == errors;
}

bool parse_script(struct arena *arena, struct sources *sources, const struct source_text *text,
                  struct defines *defines, struct diag *diag, struct script **script)
{
	return parse_script_for(NULL, arena, sources, text, NULL, defines, diag, script);
}
