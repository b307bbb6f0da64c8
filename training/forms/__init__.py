"""Forms of the training app, one module a subject: input into clean values. Rules stand in workflow/."""
