#include "program/rights.h"

#include <string.h>
#include <sys/socket.h>

static const struct value *member(const struct value *record, const char *name)
{
	for (size_t i = 0; record->kind == VALUE_RECORD && i < record->count; i++)
		if (record->items[i].name && !strcmp(record->items[i].name, name))
			return &record->items[i];
	return NULL;
}

static bool is_number(const struct value *value, int64_t number)
{
	return value && value->kind == VALUE_NUMBER && value->number == number;
}

static const struct value *rights_of_control(const struct value *control)
{
	const struct value *data = member(control, "cmsg_data");

	return is_number(member(control, "cmsg_level"), SOL_SOCKET) &&
	                       is_number(member(control, "cmsg_type"), SCM_RIGHTS) && data &&
	                       data->kind == VALUE_LIST
	               ? data
	               : NULL;
}

const struct value *rights_of_message(const struct value *message)
{
	const struct value *controls = member(message, "msg_control"), *rights = NULL;

	for (size_t i = 0; controls && !rights && i < controls->count; i++)
		rights = rights_of_control(&controls->items[i]);
	return rights;
}
