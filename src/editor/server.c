#include "editor/server.h"

#include <string.h>

#include "editor/analysis.h"
#include "editor/complete.h"
#include "editor/documents.h"
#include "editor/form.h"
#include "editor/hover.h"
#include "editor/include.h"
#include "editor/messages.h"
#include "editor/position.h"

/* Error codes of JSON-RPC. */
enum { RPC_PARSE_ERROR = -32700, RPC_INVALID_REQUEST = -32600, RPC_METHOD_NOT_FOUND = -32601 };

enum { SYNC_FULL = 1, HOVER_TEXT = 8192, HOVER_WORD = 128 };

struct server {
	FILE *out;
	const struct defines *given;
	struct documents documents;
	bool shut_down, over;
	bool broken; /* the editor does not read any more */
};

static void send(struct server *server, json_t *message)
{
	if (!message_write(server->out, message))
		server->broken = true;
}

/* ---- what the editor tells ---- */

static const char *uri_of(const json_t *params)
{
	const char *uri =
		json_string_value(json_object_get(json_object_get(params, "textDocument"), "uri"));

	return uri ? uri : "";
}

static void publish(struct server *server, const char *uri, json_t *diagnostics)
{
	send(server, json_pack("{s:s, s:s, s:{s:s, s:o}}", "jsonrpc", "2.0", "method",
	                       "textDocument/publishDiagnostics", "params", "uri", uri,
	                       "diagnostics", diagnostics));
}

static void set_text(struct server *server, const char *uri, const json_t *text)
{
	const struct document *document = NULL;

	if (json_is_string(text))
		document = documents_set(&server->documents, uri, json_string_value(text));
	if (document)
		publish(server, uri,
		        analysis_diagnostics(document->path, document->text, server->given));
}

static void did_open(struct server *server, const json_t *params)
{
	set_text(server, uri_of(params),
	         json_object_get(json_object_get(params, "textDocument"), "text"));
}

/* Each change has the whole text, so only the last one counts. */
static void did_change(struct server *server, const json_t *params)
{
	const json_t *changes = json_object_get(params, "contentChanges");
	size_t count = json_array_size(changes);

	if (count > 0)
		set_text(server, uri_of(params),
		         json_object_get(json_array_get(changes, count - 1), "text"));
}

static void did_close(struct server *server, const json_t *params)
{
	documents_close(&server->documents, uri_of(params));
	publish(server, uri_of(params), json_array());
}

/* Another script may include the one that was saved. */
static void did_save(struct server *server, const json_t *params)
{
	(void)params;
	for (const struct document *d = server->documents.first; d; d = d->next)
		publish(server, d->uri, analysis_diagnostics(d->path, d->text, server->given));
}

static void leave(struct server *server, const json_t *params)
{
	(void)params;
	server->over = true;
}

/* ---- what the editor asks: each gives the result ---- */

static json_t *initialize(struct server *server, const json_t *params)
{
	(void)server;
	(void)params;
	return json_pack("{s:{s:{s:b, s:i, s:b}, s:{s:[s, s, s, s, s]}, s:b, s:b, s:b}, s:{s:s}}",
	                 "capabilities", "textDocumentSync", "openClose", 1, "change", SYNC_FULL,
	                 "save", 1, "completionProvider", "triggerCharacters", "-", "(", "<", "=",
	                 "\"", "hoverProvider", 1, "definitionProvider", 1,
	                 "documentFormattingProvider", 1, "serverInfo", "name", "tcpclose");
}

static json_t *shut_down(struct server *server, const json_t *params)
{
	(void)params;
	server->shut_down = true;
	return json_null();
}

/* The place that a request is about. */
struct place {
	const struct document *document;
	struct text_line line;
	size_t number, byte;
};

static bool place_of(const struct server *server, const json_t *params, struct place *place)
{
	const json_t *position = json_object_get(params, "position");
	json_int_t line = json_integer_value(json_object_get(position, "line"));
	json_int_t units = json_integer_value(json_object_get(position, "character"));

	place->document = documents_find(&server->documents, uri_of(params));
	if (!place->document || line < 0 || units < 0)
		return false;
	place->number = (size_t)line;
	place->line = position_line(place->document->text, place->number);
	place->byte = position_bytes(place->line, (size_t)units);
	return true;
}

static json_t *completion(struct server *server, const json_t *params)
{
	struct place place;

	if (!place_of(server, params, &place))
		return json_null();
	return complete_items(place.document->path, server->given->folders, place.line,
	                      place.number, place.byte);
}

static json_t *hover(struct server *server, const json_t *params)
{
	char text[HOVER_TEXT], word[HOVER_WORD];
	struct text_buffer buffer = { text, sizeof(text), 0 };
	struct place place;
	size_t begin, end;

	text[0] = '\0';
	if (!place_of(server, params, &place) ||
	    !hover_word(place.line, place.byte, &begin, &end) || end - begin >= sizeof(word))
		return json_null();
	memcpy(word, place.line.begin + begin, end - begin);
	word[end - begin] = '\0';
	hover_write(word, &buffer);
	if (!text[0])
		return json_null();
	return json_pack("{s:{s:s, s:s}, s:o}", "contents", "kind", "markdown", "value", text,
	                 "range",
	                 position_range(place.number, position_units(place.line.begin, begin),
	                                position_units(place.line.begin, end)));
}

/* For an include: the beginning of the file. */
static json_t *definition(struct server *server, const json_t *params)
{
	char path[INCLUDE_PATH], uri[URI_TEXT];
	struct place place;
	size_t begin, end;
	json_t *range;

	if (!place_of(server, params, &place) ||
	    !include_of_line(place.document->path, server->given->folders, place.line, path, &begin,
	                     &end))
		return json_null();
	documents_uri(path, uri);
	range = position_range(0, 0, 0);
	return json_pack("{s:s, s:o}", "uri", uri, "range", range);
}

static json_t *formatting(struct server *server, const json_t *params)
{
	const struct document *document = documents_find(&server->documents, uri_of(params));

	return document ? form_edits(document->path, document->text, server->given) : json_null();
}

/* ---- the table, and the loop ---- */

static const struct method {
	const char *name;
	json_t *(*answer)(struct server *server, const json_t *params); /* for a request; or NULL */
	void (*take)(struct server *server, const json_t *params);      /* for a notification */
} methods[] = {
	/* clang-format off */
	{ "initialize",              initialize, NULL },
	{ "shutdown",                shut_down,  NULL },
	{ "exit",                    NULL,       leave },
	{ "textDocument/didOpen",    NULL,       did_open },
	{ "textDocument/didChange",  NULL,       did_change },
	{ "textDocument/didClose",   NULL,       did_close },
	{ "textDocument/didSave",    NULL,       did_save },
	{ "textDocument/completion", completion, NULL },
	{ "textDocument/hover",      hover,      NULL },
	{ "textDocument/definition", definition, NULL },
	{ "textDocument/formatting", formatting, NULL },
	/* clang-format on */
};

static const struct method *method_find(const char *name)
{
	for (size_t i = 0; name && i < sizeof(methods) / sizeof(methods[0]); i++)
		if (!strcmp(methods[i].name, name))
			return &methods[i];
	return NULL;
}

static void send_error(struct server *server, json_t *id, int code, const char *text)
{
	send(server,
	     json_pack("{s:s, s:o, s:{s:i, s:s}}", "jsonrpc", "2.0", "id",
	               id ? json_incref(id) : json_null(), "error", "code", code, "message", text));
}

/* A request has an id, and gets an answer. A notification that is not known is ignored. */
static void dispatch(struct server *server, const json_t *message)
{
	json_t *id = json_object_get(message, "id"), *params = json_object_get(message, "params");
	const struct method *method =
		method_find(json_string_value(json_object_get(message, "method")));

	if (id && server->shut_down)
		send_error(server, id, RPC_INVALID_REQUEST, "this server is shut down");
	else if (method && method->take && !id)
		method->take(server, params);
	else if (method && method->answer && id)
		send(server, json_pack("{s:s, s:O, s:o}", "jsonrpc", "2.0", "id", id, "result",
		                       method->answer(server, params)));
	else if (id)
		send_error(server, id, RPC_METHOD_NOT_FOUND,
		           "this server does not know this request");
}

int editor_serve(FILE *in, FILE *out, const struct defines *given)
{
	struct server server = { .out = out, .given = given };
	enum message_end end = MESSAGE_READ;
	json_t *message;
	char error[FAULT_TEXT];

	if (!json_library_load(error)) {
		fprintf(stderr, "tcpclose-run: --lsp cannot work: %s\n", error);
		return 1;
	}
	while (!server.over && !server.broken) {
		end = message_read(in, &message);
		if (end == MESSAGE_OVER || end == MESSAGE_LOST)
			break;
		if (end == MESSAGE_READ)
			dispatch(&server, message);
		else
			send_error(&server, NULL, RPC_PARSE_ERROR, "this is not JSON");
		json_decref(message);
	}
	if (end == MESSAGE_LOST)
		fprintf(stderr, "tcpclose-run: --lsp: a message has no Content-Length that can "
		                "be, so the rest is not read\n");
	documents_close_all(&server.documents);
	return server.shut_down ? 0 : 1;
}
