"""Forms of the appraisal app, one module a subject: input into clean values. Rules stand in workflow/."""
