/* The main() of a fuzz target without libFuzzer: it runs each file that is named, once. */
#ifndef TCPCLOSE_TESTS_FUZZ_MAIN_H
#define TCPCLOSE_TESTS_FUZZ_MAIN_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static void run_file(const char *path)
{
	enum { INPUT_MAX = 1 << 20 };
	uint8_t *data = malloc(INPUT_MAX);
	FILE *file = fopen(path, "rb");
	size_t size;

	if (!file || !data) {
		perror(path);
		exit(99);
	}
	size = fread(data, 1, INPUT_MAX, file);
	fclose(file);
	/*
	 * exactly as large as the input, so that the sanitizer sees each byte that is read beyond
	 * it
	 */
	data = realloc(data, size > 0 ? size : 1);
	LLVMFuzzerTestOneInput(data, size);
	free(data);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		run_file(argv[i]);
	return 0;
}

#endif
