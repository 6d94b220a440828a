/*
 * libjansson, which reads and writes JSON. It is loaded only when it is needed (base/library.h). A
 * file that uses it includes this header in place of <jansson.h>; json_library_load() must be
 * called first. When a function of libjansson is used for the first time, it must be added to each
 * of the lists; without that, the program does not link.
 */
#ifndef TCPCLOSE_BASE_JSON_H
#define TCPCLOSE_BASE_JSON_H

#include <jansson.h>

#include "base/library.h"

#define JSON_FUNCTIONS(ROW)   \
	ROW(array)            \
	ROW(array_append_new) \
	ROW(array_get)        \
	ROW(array_size)       \
	ROW(delete)           \
	ROW(dumps)            \
	ROW(integer_value)    \
	ROW(loadb)            \
	ROW(loads)            \
	ROW(null)             \
	ROW(object_get)       \
	ROW(object_set_new)   \
	ROW(pack)             \
	ROW(sprintf)          \
	ROW(string)           \
	ROW(string_value)

#define JSON_FIELD(name) __typeof__(json_##name) *name;
struct json_library {
	JSON_FUNCTIONS(JSON_FIELD)
};
#undef JSON_FIELD

extern struct json_library json_library;

/* Returns false when it cannot be loaded; then `error` has the message of the loader. */
bool json_library_load(char error[FAULT_TEXT]);

/*
 * json_decref(), an inline function of jansson's header, calls json_delete(), which is in json.c.
 */
#define json_array json_library.array
#define json_array_append_new json_library.array_append_new
#define json_array_get json_library.array_get
#define json_array_size json_library.array_size
#define json_dumps json_library.dumps
#define json_integer_value json_library.integer_value
#define json_loadb json_library.loadb
#define json_loads json_library.loads
#define json_null json_library.null
#define json_object_get json_library.object_get
#define json_object_set_new json_library.object_set_new
#define json_pack json_library.pack
#define json_sprintf json_library.sprintf
#define json_string json_library.string
#define json_string_value json_library.string_value

#endif
