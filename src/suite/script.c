#include "suite/script.h"

const struct directive_node *test_script_directives(const struct test_script *script)
{
	return script->tree ? script->tree->directives : NULL;
}

void test_script_free(struct test_script *script)
{
	struct script_file *file = script->file;

	arena_free(script->arena);
	script_file_let_go(file);
}
