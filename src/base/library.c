#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

bool library_load(struct library *library, char error[FAULT_TEXT])
{
	void *handle = library->loaded ? NULL : dlopen(library->file, RTLD_NOW);

	for (size_t i = 0; handle && i < library->count; i++) {
		void *function = dlsym(handle, library->functions[i].name);

		if (!function)
			break;
		memcpy(library->functions[i].pointer, &function, sizeof(function));
		library->loaded = i + 1 == library->count;
	}
	if (!library->loaded)
		fault_say(FAULT_BROKEN, error, "%s", dlerror());
	return library->loaded;
}
