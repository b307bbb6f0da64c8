"""Every address of the appraisal app, one module a subject. cms/urls.py mounts them."""
