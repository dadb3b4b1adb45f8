/* start.dll of one version: run start.pyc with the Python that lies beside it. See launcher.c for who calls it. */
#include "wide.h"

typedef int (*main_function)(int, wchar_t **);

__declspec(dllexport) int cchc_start(const wchar_t *folder, int argc, wchar_t **argv)
{
    static wchar_t library[LONGEST + 512], script[LONGEST + 512], program[LONGEST];
    join(library, folder, L"\\" PYTHON_DLL, L"");
    join(script, folder, L"\\start.pyc", L"");
    GetModuleFileNameW(NULL, program, LONGEST);
    AddDllDirectory(folder); /* python3.dll and the C runtime, for libraries in folders below */
    HMODULE python = LoadLibraryExW(library, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    main_function run = python ? (main_function)(void *)GetProcAddress(python, "Py_Main") : NULL;
    wchar_t **words = run ? HeapAlloc(GetProcessHeap(), 0, ((SIZE_T)argc + 8) * sizeof *words) : NULL;
    if (!words)
        return 2;
    int count = 0;
    words[count++] = program;
    words[count++] = L"-X";
    words[count++] = L"utf8";
    words[count++] = script;
    for (int at = 1; at < argc; at++)
        words[count++] = argv[at];
    words[count] = NULL;
    return run(count, words);
}

BOOL WINAPI entry(HINSTANCE library, DWORD reason, LPVOID reserved)
{
    (void)library, (void)reason, (void)reserved;
    return TRUE;
}
