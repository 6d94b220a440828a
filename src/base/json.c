#include "base/json.h"

#include "config.h"

struct json_library json_library;

void json_delete(json_t *json)
{
	json_library.delete(json);
}

bool json_library_load(char error[FAULT_TEXT])
{
#define JSON_ROW(name) { "json_" #name, &json_library.name },
	static const struct library_function functions[] = { JSON_FUNCTIONS(JSON_ROW) };
#undef JSON_ROW
	static struct library library = {
		.file = LIBJANSSON_FILE,
		.functions = functions,
		.count = sizeof(functions) / sizeof(functions[0]),
	};

	return library_load(&library, error);
}
